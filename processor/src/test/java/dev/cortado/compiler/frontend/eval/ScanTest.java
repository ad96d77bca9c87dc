package dev.cortado.compiler.frontend.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.compiler.frontend.eval.Programs.Failed;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.op.Scan;
import org.junit.jupiter.api.Test;

/** Recurrences: staged once, with what they capture. */
class ScanTest {
  private static ModelGraph stage(String... lines) {
    return Programs.stage(Programs.model(String.join("\n", lines)));
  }

  private static Scan scan(ModelGraph graph) {
    for (Node node : graph.graph().nodes()) {
      if (node.op() instanceof Scan scan) {
        return scan;
      }
    }
    throw new AssertionError("no scan");
  }

  @Test
  void aCellWithLayersIsOneLoopThatCapturesItsParameters() {
    ModelGraph graph =
        stage(
            "final Dense ih = new Dense(5);",
            "final Dense hh = new Dense(5, 5).bias(false);",
            "Tensor cell(Tensor h, Tensor x) { return tanh(add(ih.apply(x), hh.apply(h))); }",
            "Tensor forward(@Shape(\"N, T, 3\") Tensor x) {",
            "  return scan(this::cell, zeros(x.size(0), 5), x, 1); }");
    assertThat(Programs.print(graph))
        .isEqualTo(
            """
            %0 = ih.weight : [5, 3]
            %1 = ih.bias : [5]
            %2 = hh.weight : [5, 5]
            %3 = x : [N, T, 3]
            %4 = full : [N, 5]
            %5 = permute(%3) : [T, N, 3]
            %6 = scan(%4, %5, %0, %1, %2) : [N, 5]\
            """);
    assertThat(scan(graph).length().toString()).isEqualTo("T");
    assertThat(graph.layers())
        .singleElement()
        .satisfies(
            call ->
                assertThat(call.parameters()).containsExactly("ih.weight", "ih.bias", "hh.weight"));
  }

  @Test
  void theStateMayBeARecordAndTheStepALambdaThatCaptures() {
    ModelGraph graph =
        stage(
            "record State(Tensor h, Tensor c) {}",
            "final Dense gate = new Dense(4);",
            "Tensor forward(@Shape(\"N, 28, 6\") Tensor x) {",
            "  Tensor zero = zeros(x.size(0), 4);",
            "  Tensor mean = mean(x, 1);",
            "  State all = scanAll((State s, Tensor v) -> {",
            "    Tensor g = sigmoid(gate.apply(concat(1, sub(v, mean), s.h())));",
            "    Tensor c = add(s.c(), g);",
            "    return new State(tanh(c), c);",
            "  }, new State(zero, zero), x, 1);",
            "  return mul(all.h(), all.c()); }");
    assertThat(graph.outputs().getFirst().shape().toString()).isEqualTo("[N, 28, 4]");
    assertThat(scan(graph).states()).isEqualTo(2);
    assertThat(graph.parameters().stream().map(n -> n.op().name()))
        .containsExactly("gate.weight", "gate.bias");
  }

  @Test
  void theBodyDoesNotGrowWithTheLength() {
    String program =
        "return scan((Tensor h, Tensor v) -> tanh(add(h, v)), zeros(x.size(0), 3), x, 1); }";
    ModelGraph small = stage("Tensor forward(@Shape(\"N, 28, 3\") Tensor x) {", program);
    ModelGraph large = stage("Tensor forward(@Shape(\"N, 2800, 3\") Tensor x) {", program);
    assertThat(scan(large).body().nodes()).hasSameSizeAs(scan(small).body().nodes());
    assertThat(large.graph().nodes()).hasSameSizeAs(small.graph().nodes());
  }

  @Test
  void aStepChangesNothingOutside() {
    Failed failure =
        Programs.failure(
            Programs.model(
                String.join(
                    "\n",
                    "Tensor kept;",
                    "Tensor forward(@Shape(\"N, T, 3\") Tensor x) {",
                    "  Tensor y = scan((Tensor h, Tensor v) -> { kept = relu(v); return add(h,"
                        + " kept); },",
                    "      zeros(x.size(0), 3), x, 1);",
                    "  return add(y, kept); }")));
    assertThat(failure.key).isEqualTo("mutation");
    assertThat(failure.where).containsExactly("6:45", "6:14");
  }

  @Test
  void errorsInsideTheStepPointIntoIt() {
    Failed failure =
        Programs.failure(
            Programs.model(
                String.join(
                    "\n",
                    "final Dense d = new Dense(7, 3);",
                    "Tensor forward(@Shape(\"N, T, 3\") Tensor x) {",
                    "  return scan((Tensor h, Tensor v) -> add(h,",
                    "      d.apply(v)), zeros(x.size(0), 3), x, 1); }")));
    assertThat(failure.headline()).isEqualTo("d expects [N, 7] but v is [N, 3]");
    assertThat(failure.where).containsExactly("7:7", "6:10");
  }

  @Test
  void aStepMayChangeWhatItMade() {
    ModelGraph graph =
        stage(
            "Tensor forward(@Shape(\"N, T, 3\") Tensor x) {",
            "return scan((Tensor h, Tensor v) -> {",
            "  List<Tensor> parts = new ArrayList<>(); parts.add(h); parts.add(v);",
            "  Tensor[] pair = parts.toArray(new Tensor[0]); pair[0] = relu(pair[0]);",
            "  return add(pair[0], pair[1]); }, zeros(x.size(0), 3), x, 1); }");
    assertThat(scan(graph).body().nodes()).isNotEmpty();
  }
}
