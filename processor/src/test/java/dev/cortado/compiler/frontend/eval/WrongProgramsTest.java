package dev.cortado.compiler.frontend.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.compiler.frontend.eval.Programs.Failed;
import org.junit.jupiter.api.Test;

/** Programs that are wrong: what is said, and where. The members of a model start on line 4. */
class WrongProgramsTest {
  private static Failed failure(String... lines) {
    return Programs.failure(Programs.model(String.join("\n", lines)));
  }

  private static void check(Failed failure, String key, String where, String headline) {
    assertThat(failure.key).isEqualTo(key);
    assertThat(failure.where.getFirst()).startsWith(where);
    assertThat(failure.headline()).startsWith(headline);
  }

  @Test
  void theWrongSizeAfterFlattenShowsHowTheShapeCameAbout() {
    Failed failure =
        failure(
            "final Conv2d conv1 = new Conv2d(1, 32, 3);",
            "final Conv2d conv2 = new Conv2d(32, 64, 3);",
            "final Dense fc1 = new Dense(64 * 8 * 8, 120);",
            "Tensor forward(@Shape(\"N, 1, 28, 28\") Tensor image) {",
            "  Tensor h = maxPool2d(relu(conv1.apply(image)), 2);",
            "  h = maxPool2d(relu(conv2.apply(h)), 2);",
            "  return relu(fc1.apply(flatten(h)));",
            "}");
    assertThat(failure.key).isEqualTo("shape-mismatch");
    assertThat(failure.where).containsExactly("10:15");
    assertThat(failure.getMessage())
        .isEqualTo(
            """
            fc1 expects [N, 4096] but flatten(h) is [N, 1600] = [N, 64*5*5]
              image            [N, 1, 28, 28]
              conv1            [N, 32, 26, 26]
              maxPool2d        [N, 32, 13, 13]
              conv2            [N, 64, 11, 11]
              maxPool2d        [N, 64, 5, 5]
              flatten          [N, 1600]\
            """);
  }

  @Test
  void conditionsOnData() {
    check(
        failure(
            "Tensor forward(@Shape(\"N\") Tensor x) {", "  return x.item() > 0 ? x : neg(x); }"),
        "data-dependent",
        "5:10",
        "'x.item()' depends on the data");
    check(
        failure(
            "Tensor forward(@Shape(\"N\") Tensor x) {",
            "  return map(v -> { while (v > 1) { v = v / 2; } return v; }, x); }"),
        "data-dependent",
        "5:28",
        "whether to go on with this loop differs from element to element");
  }

  @Test
  void conditionsOnSizesKnownOnlyAtRunTime() {
    check(
        failure(
            "Tensor forward(@Shape(\"N, T\") Tensor x) {",
            "  if (x.size(1) > 5) return x;",
            "  return neg(x); }"),
        "run-time-size",
        "5:7",
        "'x.size(1) > 5' is T against 5, known only at run time");
    check(
        failure(
            "Tensor forward(@Shape(\"N, T\") Tensor x) {",
            "  for (int i = 0; i < x.size(1); i++) x = neg(x);",
            "  return x; }"),
        "run-time-size",
        "5:19",
        "'i < x.size(1)'");
    check(
        failure(
            "Tensor forward(@Shape(\"N, T\") Tensor x) {", "  return mul(x, 1.0 / x.size(1)); }"),
        "run-time-size",
        "5:10",
        "1.0 / x.size(1) is");
    check(
        failure(
            "Tensor forward(@Shape(\"N, T\") Tensor x) {",
            "  int[] a = new int[x.size(1)];",
            "  return x; }"),
        "run-time-size",
        "5:21",
        "x.size(1) is T");
  }

  @Test
  void evaluationHasABudget() {
    check(
        failure("Tensor forward(@Shape(\"N\") Tensor x) {", "  int i = 0; while (true) { i++; } }"),
        "budget",
        "5:",
        "evaluating this model at compile time takes more than 2000000 steps");
    check(
        failure(
            "Tensor forward(@Shape(\"N\") Tensor x) {", "  while (true) { x = relu(neg(x)); } }"),
        "budget",
        "5:27",
        "this model has more than 30000 operations");
    check(
        failure(
            "Tensor forward(@Shape(\"N\") Tensor x) {",
            "  String s = \"x\"; while (true) { s += s; } }"),
        "budget",
        "5:34",
        "a text grows beyond 1000000 characters");
    check(
        failure(
            "Tensor forward(@Shape(\"N\") Tensor x) {",
            "  int[] a = new int[2000000000]; return x; }"),
        "budget",
        "5:13",
        "this model keeps more than");
    Failed recursion =
        failure(
            "Tensor f(Tensor x) { return f(relu(x)); }",
            "Tensor forward(@Shape(\"N\") Tensor x) { return f(x); }");
    check(recursion, "recursion", "4:29", "'f' calls itself more than 100 levels deep");
    assertThat(recursion.where).containsExactly("4:29", "5:47");
  }

  @Test
  void exceptionsOfLayersAreErrorsOfTheirUser() {
    check(
        failure(
            "final Conv2d c = new Conv2d(4, 6, 3).groups(3);",
            "Tensor forward(@Shape(\"N, 4, 8, 8\") Tensor x) { return c.apply(x); }"),
        "thrown",
        "4:18",
        "Conv2d expects groups that divide 4 in-channels and 6 out-channels, but 3 came");
    check(
        failure(
            "int f(int d) { return 10 / d; }",
            "Tensor forward(@Shape(\"N\") Tensor x) {",
            "  f(0); return x; }"),
        "thrown",
        "4:23",
        "'10 / d' divides 10 by zero");
    check(
        failure(
            "Tensor forward(@Shape(\"N\") Tensor x) {",
            "  int[] a = {1, 2}; a[2] = 3; return x; }"),
        "thrown",
        "5:21",
        "index 2 is out of bounds: 'a' has 2 elements");
    check(
        failure("Tensor forward(@Shape(\"N\") Tensor x) {", "  List.of(1).add(2); return x; }"),
        "thrown",
        "5:3",
        "this list cannot be changed");
    check(
        failure(
            "String s;", "Tensor forward(@Shape(\"N\") Tensor x) {", "  s.length(); return x; }"),
        "null",
        "6:3",
        "s is null here; give it a value in the field or constructor");
  }

  @Test
  void unsupportedJavaIsNamed() {
    check(
        failure("Tensor forward(@Shape(\"N\") Tensor x) {", "  try { return x; } finally { } }"),
        "unsupported",
        "5:3",
        "'try' cannot be compiled into a network");
    check(
        failure(
            "Tensor forward(@Shape(\"N\") Tensor x) {", "  synchronized (this) { return x; } }"),
        "unsupported",
        "5:3",
        "'synchronized' cannot be compiled");
    check(
        failure("Tensor forward(@Shape(\"N\") Tensor x) {", "  System.out.println(1); return x; }"),
        "unsupported",
        "5:3",
        "'System.out'");
    check(
        failure(
            "Tensor forward(@Shape(\"N\") Tensor x) {",
            "  return List.of(x).stream().toList().get(0); }"),
        "unsupported",
        "5:10",
        "a stream cannot be compiled into a network; write a 'for' loop over the list");
    check(
        failure("Tensor forward(@Shape(\"N\") Tensor x) {", "  new Random(3); return x; }"),
        "unsupported",
        "5:3",
        "'new Random(...)'");
    check(
        failure(
            "static int n = 3;",
            "Tensor forward(@Shape(\"N\") Tensor x) {",
            "  return mul(x, n); }"),
        "unsupported",
        "6:17",
        "'n', a static field that may change");
    check(
        failure("Tensor forward(@Shape(\"N\") Tensor x) {", "  return map(v -> (int) v, x); }"),
        "unsupported",
        "5:19",
        "a cast of an element to int");
    check(
        failure(
            "int n;",
            "Tensor forward(@Shape(\"N\") Tensor x) {",
            "  return map(v -> { n++; return v; }, x); }"),
        "mutation",
        "6:21",
        "'n++' changes an object inside a function of elements");
  }

  @Test
  void parametersMustBeLearnable() {
    check(
        failure(
            "@Param final Tensor w = mul(ones(3), 2);",
            "Tensor forward(@Shape(\"N, 3\") Tensor x) { return add(x, w); }"),
        "param-initial",
        "4:25",
        "@Param 'w' must start from ones, zeros, full, uniform or normal, but it is computed by"
            + " mul");
    check(
        failure("Tensor forward(@Shape(\"N, 3\") Tensor x) { return new Dense(3, 3).apply(x); }"),
        "param-unheld",
        "4:50",
        "this parameter belongs to an object that no field of the model holds");
    check(
        failure(
            "Tensor forward(@Shape(\"N, 3\") Tensor x) {", "  return add(x, uniform(0, 1, 3)); }"),
        "random-outside-param",
        "5:17",
        "uniform(...) and normal(...) can only start a @Param field");
    check(
        failure(
            "@Param Tensor w;",
            "Tensor forward(@Shape(\"N, T\") Tensor x) {",
            "  w = ones(x.size(1)); return mul(x, w); }"),
        "param-shape",
        "6:3",
        "@Param 'w' is [T], but a parameter's size must be known");
  }

  @Test
  void theLossIsOneNumber() {
    check(
        failure(
            "Tensor forward(@Shape(\"N, 3\") Tensor x) { return x; }",
            "Tensor loss(Tensor y, @Shape(\"N, 3\") Tensor t) {",
            "  return sub(y, t); }"),
        "loss-not-scalar",
        "6:10",
        "'loss' returns [N, 3], but training needs one number; write mean(...)");
  }

  @Test
  void assertionsOfShapes() {
    check(
        failure(
            "Tensor forward(@Shape(\"N, 4, 3\") Tensor x) {",
            "  @Shape(\"N, 13\") Tensor y = flatten(x); return y; }"),
        "shape-mismatch",
        "5:30",
        "@Shape says that 'y' is [N, 13] but it is [N, 12] = [N, 4*3]");
    check(
        failure(
            "Tensor forward(@Shape(\"N, 4\") Tensor x) {",
            "  @Shape(\"M, 4\") Tensor y = x; return y; }"),
        "shape-symbol",
        "5:29",
        "@Shape names a dimension 'M' that nothing here defines");
    check(
        failure(
            "@Shape(\"N, 5\") Tensor half(@Shape(\"N, 2*D\") Tensor x, @Shape(\"D\") Tensor w) {",
            "  return x; }",
            "Tensor forward(@Shape(\"N, 4\") Tensor x) { return half(x, ones(2)); }"),
        "shape-symbol",
        "6:50",
        "@Shape names a dimension 'D'");
    check(
        failure(
            "@Shape(\"N, 5\") Tensor id(Tensor x) {",
            "  return x; }",
            "Tensor forward(@Shape(\"N, 4\") Tensor x) { return id(x); }"),
        "shape-mismatch",
        "5:10",
        "@Shape says that the result of 'id' is [N, 5] but it is [N, 4]");
    check(
        failure(
            "final Conv2d c = new Conv2d(3, 4, 3);",
            "Tensor forward(@Shape(\"N, 784\") Tensor x) { return c.apply(x); }"),
        "shape-mismatch",
        "5:52",
        "c expects [N, 3, H, W] but x is [N, 784]");
  }

  @Test
  void operationsFailAtTheInnermostCallWithItsCallers() {
    Failed failure =
        failure(
            "Tensor h(Tensor a, Tensor b) {",
            "  return matmul(a, b); }",
            "Tensor forward(@Shape(\"N, 4\") Tensor x) { return h(x, ones(3, 2)); }");
    assertThat(failure.key).isEqualTo("matmul-inner");
    assertThat(failure.where).containsExactly("5:10", "6:50");
    assertThat(failure.getMessage()).endsWith("\n  x                [N, 4]");
  }
}
