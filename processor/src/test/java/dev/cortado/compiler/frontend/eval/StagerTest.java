package dev.cortado.compiler.frontend.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.compiler.model.ModelGraph;
import org.junit.jupiter.api.Test;

class StagerTest {
  @Test
  void aDenseModelBecomesAGraph() {
    ModelGraph graph =
        Programs.stage(
            Programs.model(
                """
                final Dense hidden = new Dense(4, 8);
                final Dense out = new Dense(3);
                Tensor forward(@Shape("N, 4") Tensor x) {
                  return out.apply(relu(hidden.apply(x)));
                }
                Tensor loss(Tensor logits, @Shape("N") Labels label) {
                  return softmaxCrossEntropy(logits, label);
                }
                """));
    System.out.println(Programs.print(graph));
    System.out.println(graph.layers());
    graph.graph().nodes().forEach(n -> System.out.println(n.origin()));
    assertThat(graph.parameters().stream().map(n -> n.op().name()))
        .containsExactly("hidden.weight", "hidden.bias", "out.weight", "out.bias");
  }
}
