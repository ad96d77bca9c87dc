package dev.cortado.compiler.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.interpret.Interpreter;
import dev.cortado.compiler.interpret.Program;
import dev.cortado.compiler.op.MatMul;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GradientsTest {
  private static final int[] ALL = {};

  @Test
  void contributionsAddUp() {
    Program p = new Program();
    Value x = p.input(3, 3);
    Value y = p.call("add", p.call("matmul", x, x), p.call("mul", x, p.call("exp", x)));
    p.checkGradients(p.call("sub", p.call("tanh", y), y));
  }

  @Test
  void ofALoss() {
    Program p = new Program();
    Value x = p.given(new double[] {1, 2}, 2);
    Value loss = p.call("sum", p.call("mul", x, x), ALL);
    Graph forward = p.graph().build();
    Gradients gradients = Gradients.ofLoss(forward, loss, List.of(x));
    Map<Value, double[]> leaves = new HashMap<>();
    leaves.put(gradients.counterparts().get(x), p.data(x));
    double[] found =
        new Interpreter(Map.of())
            .run(gradients.graph(), leaves)
            .get(gradients.gradients().getFirst());
    assertThat(found).containsExactly(2, 4);
    assertThat(gradients.outputGradients()).isEmpty();
    assertThatThrownBy(() -> Gradients.ofLoss(forward, x, List.of(x)))
        .hasMessage("a loss is a scalar, not [2]");
  }

  @Test
  void whatNoGradientReaches() {
    Program p = new Program();
    Value x = p.input(2);
    Value unused = p.input(2);
    Value masked = p.input(2);
    Value loss = p.call("sum", p.call("mul", x, p.call("greater", masked, 0.0)), ALL);
    Gradients gradients = Gradients.ofLoss(p.graph().build(), loss, List.of(x, unused, masked));
    assertThat(gradients.gradients().get(0)).isNotNull();
    assertThat(gradients.gradients().get(1)).isNull();
    assertThat(gradients.gradients().get(2)).isNull();
  }

  @Test
  void onlyWhatLeadsToTheWantedIsVisited() {
    Program p = new Program().with("N", 2);
    Value x = p.input("N", 3);
    Value first = p.input(3, 4);
    Value second = p.input(4, 2);
    Value hidden = p.call("matmul", x, first);
    Value loss = p.call("mean", p.call("matmul", hidden, second), ALL);
    assertThat(products(p, loss, second)).isEqualTo(3);
    assertThat(products(p, loss, first)).isEqualTo(4);
    assertThat(products(p, loss, x)).isEqualTo(4);
  }

  private static long products(Program p, Value loss, Value wrt) {
    Graph graph = Gradients.ofLoss(p.graph().build(), loss, List.of(wrt)).graph();
    return graph.nodes().stream().filter(n -> n.op() instanceof MatMul).count();
  }

  @Test
  void theForwardPassIsSharedWithTheBackwardPass() {
    Program p = new Program();
    Value x = p.input(4);
    Value y = p.call("exp", x);
    Gradients gradients = Gradients.ofOutputs(p.graph().build(), List.of(y), List.of(x));
    List<Node> nodes = gradients.graph().nodes();
    assertThat(nodes).hasSize(4);
    assertThat(gradients.gradients().getFirst().node().inputs())
        .containsExactlyInAnyOrder(
            gradients.counterparts().get(y), gradients.outputGradients().getFirst());
  }

  @Test
  void anOutputThatIsAnInput() {
    Program p = new Program();
    Value x = p.input(4);
    p.checkGradients(List.of(x, p.call("neg", x), x), List.of(x));
  }
}
