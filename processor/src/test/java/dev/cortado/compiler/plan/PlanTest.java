package dev.cortado.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.compiler.frontend.eval.Programs;
import dev.cortado.compiler.shape.Poly;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is fused, what is shared and what is left out. */
class PlanTest {
  private static final String X = "(@Shape(\"N, 8\") Tensor x) { ";

  private static Plan plan(String... members) {
    return Planner.plan(Programs.stage(Programs.model(String.join("\n", members))), Target.CPU);
  }

  private static Plan forward(String result) {
    return plan("Tensor forward" + X + "return " + result + "; }");
  }

  private static Program training(Plan plan) {
    return Objects.requireNonNull(plan.train());
  }

  private static List<Step> kernels(Program program) {
    return program.steps().stream().filter(Step.Kernel.class::isInstance).toList();
  }

  private static List<Step> libraries(Program program) {
    return program.steps().stream()
        .filter(s -> s instanceof Step.Library && !s.forInputGradients())
        .toList();
  }

  @Test
  void aChainOfElementwiseOperationsIsOneLoop() {
    Plan plan = forward("tanh(add(mul(sigmoid(x), 3), map(v -> v * v, sub(x, 1))))");
    assertThat(plan.predict().steps()).hasSize(1);
  }

  @Test
  void theGradientOfAChainIsOneLoop() {
    Plan single = trained("tanh(h)");
    Plan chain = trained("tanh(exp(mul(sigmoid(neg(h)), 3)))");
    // The chain keeps what its gradient reads, sigmoid, exp and tanh; going back it is one loop.
    assertThat(kernels(training(chain)).size() - kernels(training(single)).size()).isEqualTo(2);
  }

  private static Plan trained(String result) {
    return plan(
        "@Param final Tensor w = ones(8, 8);",
        "Tensor forward" + X + "Tensor h = matmul(x, w); return " + result + "; }",
        "Tensor loss(Tensor y, @Shape(\"N, 8\") Tensor wanted) { return mse(y, wanted); }");
  }

  @Test
  void biasAndActivationAreNoLoopsOfTheirOwn() {
    Plan dense =
        plan(
            "final Dense dense = new Dense(8, 4);",
            "Tensor forward" + X + "return relu(dense.apply(x)); }");
    assertThat(libraries(dense.predict())).hasSize(1);
    assertThat(kernels(dense.predict())).hasSizeLessThanOrEqualTo(1);
    Plan conv =
        plan(
            "final Conv2d conv = new Conv2d(3, 4, 3);",
            "Tensor forward(@Shape(\"N, 3, 9, 9\") Tensor x) {",
            "  return sigmoid(mul(relu(conv.apply(x)), 2)); }");
    assertThat(libraries(conv.predict())).hasSize(1);
    assertThat(kernels(conv.predict())).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void poolingByTwoIsDoneByTheConvolution() {
    String conv = "final Conv2d conv = new Conv2d(3, 16, 3);";
    String forward = "Tensor forward(@Shape(\"N, 3, 9, 9\") Tensor x) { Tensor h = ";
    String loss = "Tensor loss(Tensor y, @Shape(\"1\") Tensor w) { return mul(mean(y), mean(w)); }";
    Plan alone = plan(conv, forward + "maxPool2d(relu(conv.apply(x)), 2); return tanh(h); }", loss);
    assertThat(libraries(alone.predict())).hasSize(1);
    // Forward, the gradient of pooling and that of the weight.
    assertThat(libraries(training(alone))).hasSize(3);
    Plan read =
        plan(conv, forward + "relu(conv.apply(x)); return mul(maxPool2d(h, 2), sum(h)); }", loss);
    assertThat(libraries(read.predict())).hasSize(2);
    Plan few =
        plan(conv.replace("16", "15"), forward + "maxPool2d(conv.apply(x), 2); return tanh(h); }");
    assertThat(libraries(few.predict())).hasSize(1);
    Plan overlapping = plan(conv, forward + "maxPool2d(conv.apply(x), 3, 2); return tanh(h); }");
    assertThat(libraries(overlapping.predict())).hasSize(2);
  }

  @Test
  void aReductionTakesInWhatLeadsToIt() {
    Plan plan = forward("sum(mul(exp(transpose(x, 0, 1)), sub(1, transpose(x, 0, 1))), 0)");
    assertThat(plan.predict().steps()).hasSize(1);
  }

  @Test
  void commonSubexpressionsAreComputedOnce() {
    Plan plan =
        plan(
            "@Param final Tensor w = normal(0, 1, 8, 8);",
            "Tensor product(Tensor x) { return matmul(x, w); }",
            "Tensor forward" + X,
            "  Tensor once = relu(product(x));",
            "  return add(once, mul(product(x), sum(product(x), keepDims(1)))); }");
    assertThat(libraries(plan.predict())).hasSize(1);
    Plan one = forward("mul(exp(x), sum(exp(x), keepDims(1)))");
    Plan shared =
        plan("Tensor forward" + X, "Tensor e = exp(x);", "return mul(e, sum(e, keepDims(1))); }");
    assertThat(one.predict().steps()).hasSameSizeAs(shared.predict().steps());
    assertThat(Programs.stage(Programs.model(twice())).graph().nodes().stream())
        .filteredOn(n -> n.op().name().equals("exp"))
        .hasSize(1);
  }

  private static String twice() {
    return "Tensor forward" + X + "return add(mul(exp(x), 2), sum(exp(x), keepDims(1))); }";
  }

  @Test
  void nothingIsComputedThatNoOutputNeeds() {
    Plan plan =
        plan(
            "final Dense used = new Dense(8, 4);",
            "final Dense unused = new Dense(8, 64);",
            "Tensor forward" + X,
            "  Tensor forgotten = softmax(unused.apply(x), -1);",
            "  return used.apply(dropout(x, 0.5)); }",
            "Tensor loss(Tensor y, @Shape(\"N, 4\") Tensor wanted) {",
            "  return mse(softmax(y, -1), wanted); }");
    assertThat(libraries(plan.predict())).hasSize(1);
    // No dropout, no loss: bias at most.
    assertThat(kernels(plan.predict())).hasSizeLessThanOrEqualTo(1);
    // Forward and the gradient of the weight; that of the input only when it is asked for.
    assertThat(libraries(training(plan))).hasSize(2);
    assertThat(training(plan).steps().stream().filter(Step.Library.class::isInstance)).hasSize(3);
    assertThat(plan.unlearned()).containsExactly("unused.weight", "unused.bias");
  }

  @Test
  void whatChangesNothingIsNotThere() {
    String plain = "Tensor forward" + X + "return relu(x); }";
    String roundabout =
        "Tensor forward"
            + X
            + "Tensor h = reshape(transpose(transpose(mul(x, 1), 0, 1), 0, 1), x.size(0), 8);"
            + " return add(neg(neg(relu(h))), 0); }";
    Plan expected = plan(plain);
    Plan plan = plan(roundabout);
    assertThat(plan.predict().steps()).hasSize(1);
    assertThat(plan.predict().arena().toString()).isEqualTo(expected.predict().arena().toString());
    assertThat(text(plan)).isEqualTo(text(expected));
  }

  private static String text(Plan plan) {
    return ((Step.Kernel) plan.predict().steps().getFirst())
        .body()
        .toString()
        .replaceAll("target=\\w+", "target");
  }

  @Test
  void rowsAtDifferentStepsOfARecurrenceDoNotMeet() {
    Plan plan =
        plan(
            "final Dense w = new Dense(3, 12);",
            "Tensor forward(@Shape(\"N, 5, 3\") Tensor x) {",
            "  return scan((s, t) -> {",
            "    java.util.List<Tensor> g = split(w.apply(s), 1, 3);",
            "    Tensor u = tanh(w.apply(mul(add(g.get(0), t), sigmoid(g.get(1)))));",
            "    return mul(sum(reshape(u, -1, 3, 4), 2), softmax(g.get(3), 1));",
            "  }, zeros(x.size(0), 3), x, 1); }",
            "Tensor loss(Tensor y, @Shape(\"1\") Tensor v) { return mul(mean(y), mean(v)); }");
    Poly batch = Poly.symbol("N");
    int loops = 0;
    for (Program program : List.of(plan.predict(), training(plan))) {
      for (Step step : program.steps()) {
        if (step instanceof Step.Loop loop && Rows.areIndependent(loop, batch)) {
          loops++;
          apart(loop, program.arena());
        }
      }
    }
    assertThat(loops).isEqualTo(2);
  }

  /** Two buffers lie apart, or one takes the other's place row by row. */
  private static void apart(Step.Loop loop, Arena arena) {
    List<Buffer> locals =
        loop.locals().stream().map(Buffer::base).filter(Buffer::inWorkspace).distinct().toList();
    assertThat(locals).hasSizeGreaterThan(2);
    for (Buffer a : locals) {
      for (Buffer b : locals) {
        long aStart = at(arena.offset(a));
        long bStart = at(arena.offset(b));
        boolean same = aStart == bStart && a.count().equals(b.count());
        assertThat(same || aStart + at(a.count()) <= bStart || bStart + at(b.count()) <= aStart)
            .as("%s at %d, %s at %d", a, aStart, b, bStart)
            .isTrue();
      }
    }
  }

  /** For a batch of 64. */
  private static long at(Poly p) {
    return p.substitute(symbol -> Poly.of(64)).constant();
  }
}
