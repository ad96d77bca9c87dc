package dev.cortado.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.interpret.Program;
import dev.cortado.compiler.shape.Shape;
import org.junit.jupiter.api.Test;

class MatMulTest {

  @Test
  void ofMatrices() {
    Program p = new Program().with("N", 3);
    Value a = p.input("N", 4);
    Value b = p.input(4, 5);
    Value c = p.call("matmul", a, b);
    assertThat(c.shape()).isEqualTo(Program.shape("N", 5));
    double[] out = p.run(c);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 5; j++) {
        double sum = 0;
        for (int k = 0; k < 4; k++) {
          sum += p.data(a)[i * 4 + k] * p.data(b)[k * 5 + j];
        }
        assertThat(out[i * 5 + j]).isCloseTo(sum, within(1e-12));
      }
    }
    p.checkGradients(c);
  }

  @Test
  void leadingDimensionsBroadcast() {
    check(Program.shape("N", "T", 4), Program.shape(4, 5), Program.shape("N", "T", 5));
    check(Program.shape("N", 2, 4), Program.shape("N", 4, 3), Program.shape("N", 2, 3));
    check(Program.shape(2, 4), Program.shape("N", 4, 3), Program.shape("N", 2, 3));
    check(Program.shape("N", 1, 2, 4), Program.shape("T", 4, 3), Program.shape("N", "T", 2, 3));
    check(Program.shape(1, 1, 2, 4), Program.shape(4, 3), Program.shape(1, 1, 2, 3));
    check(Program.shape(2, 4), Program.shape(1, 1, 4, 3), Program.shape(1, 1, 2, 3));
    check(Program.shape(1, 2, 4), Program.shape("N", 4, 3), Program.shape("N", 2, 3));
  }

  @Test
  void vectors() {
    check(Program.shape(4), Program.shape(4), Program.shape());
    check(Program.shape("N", 4), Program.shape(4), Program.shape("N"));
    check(Program.shape(4), Program.shape(4, 3), Program.shape(3));
    check(Program.shape("N", 2, 4), Program.shape(4), Program.shape("N", 2));
    check(Program.shape(4), Program.shape("N", 4, 3), Program.shape("N", 3));
  }

  private static void check(Shape a, Shape b, Shape expected) {
    Program p = new Program().with("N", 2).with("T", 3);
    Value c = p.call("matmul", p.input(a.dims().toArray()), p.input(b.dims().toArray()));
    assertThat(c.shape()).isEqualTo(expected);
    p.checkGradients(c);
  }

  @Test
  void transposesBecomeFlagsForwardAndBackward() {
    Program p = new Program().with("N", 3);
    Value x = p.input("N", 4);
    Value weight = p.input(5, 4);
    Value y = p.call("matmul", x, p.call("transpose", weight, 0, 1));
    p.checkGradients(y);
    assertThat(y.node().op()).isEqualTo(new MatMul(false, true));
    assertThat(y.node().inputs()).containsExactly(x, weight);
  }

  @Test
  void attentionScores() {
    Program p = new Program().with("N", 2).with("T", 3);
    Value q = p.input("N", 2, "T", 4);
    Value k = p.input("N", 2, "T", 4);
    Value scores = p.call("matmul", q, p.call("transpose", k, -1, -2));
    assertThat(scores.shape()).isEqualTo(Program.shape("N", 2, "T", "T"));
    Value mixed = p.call("matmul", p.call("transpose", scores, 2, 3), q);
    p.checkGradients(mixed);
    assertThat(p.graph().nodes()).noneMatch(n -> n.op() instanceof Permute && isRead(p, n));
  }

  private static boolean isRead(Program p, dev.cortado.compiler.graph.Node node) {
    return p.graph().nodes().stream().anyMatch(n -> n.inputs().contains(node.value()));
  }

  @Test
  void anEmptyBatch() {
    Program p = new Program().with("N", 0);
    Value y = p.call("matmul", p.input("N", 4), p.input(4, 5));
    assertThat(p.run(y)).isEmpty();
    p.checkGradients(y);
  }

  @Test
  void innerDimensionsThatDiffer() {
    Program p = new Program().with("N", 2);
    Value a = p.input("N", 84);
    Value b = p.input(100, 10);
    assertThatThrownBy(() -> p.call("matmul", a, b))
        .isInstanceOf(OpError.class)
        .hasMessage("matmul: inner dimensions differ: [N, 84] x [100, 10], 84 against 100");
    assertThatThrownBy(() -> p.call("matmul", a, p.input())).hasMessageContaining("use mul");
  }
}
