package dev.cortado;

import static dev.cortado.Expected.assertClose;
import static dev.cortado.Expected.assertRejected;
import static dev.cortado.Expected.assertTensor;
import static dev.cortado.Expected.shape;
import static dev.cortado.Expected.varied;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MatmulTest {
  private static final Tensor A = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
  private static final Tensor B = Tensor.of(new double[] {1, 0, 0, 1, 2, -1}, 3, 2);

  @Test
  void matrices() {
    assertTensor(Ops.matmul(A, B), shape(2, 2), 7, -1, 16, -1);
    assertClose(Ops.matmul(A, Ops.eye(3)), A);
  }

  @Test
  void vectors() {
    Tensor v = Tensor.of(new double[] {1, 2, 3}, 3);
    assertTensor(Ops.matmul(A, v), shape(2), 14, 32);
    assertTensor(Ops.matmul(v, B), shape(2), 7, -1);
    assertTensor(Ops.matmul(v, v), shape(), 14);
    assertThat(Ops.matmul(v, varied(0, 4, 3, 5)).shape()).containsExactly(4, 5);
    assertThat(Ops.matmul(varied(0, 4, 5, 3), v).shape()).containsExactly(4, 5);
  }

  /** The definition: broadcast the leading dimensions, multiply, and sum over the inner one. */
  @Test
  void leadingDimensionsBroadcast() {
    Tensor a = varied(1, 2, 1, 3, 4);
    Tensor b = varied(2, 5, 4, 2);
    Tensor expected = Ops.sum(Ops.mul(Ops.unsqueeze(a, -1), Ops.unsqueeze(b, -3)), -2);
    assertThat(expected.shape()).containsExactly(2, 5, 3, 2);
    assertClose(Ops.matmul(a, b), expected);
    assertThat(Ops.matmul(varied(1, 2, 7, 3, 4), varied(2, 4, 2)).shape())
        .containsExactly(2, 7, 3, 2);
  }

  @Test
  void emptyOnes() {
    assertTensor(Ops.matmul(Ops.zeros(0, 3), B), shape(0, 2));
    assertTensor(Ops.matmul(Ops.zeros(2, 0), Ops.zeros(0, 2)), shape(2, 2), 0, 0, 0, 0);
    assertTensor(Ops.matmul(Ops.zeros(0, 2, 3), B), shape(0, 2, 2));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertRejected(
        () -> Ops.matmul(A, A), "inner sizes", "[2, 3] and [2, 3]", "3 and 2", "transpose");
    assertRejected(() -> Ops.matmul(A, Tensor.scalar(2)), "[2, 3] and []", "mul");
    assertRejected(
        () -> Ops.matmul(Ops.ones(2, 3, 4), Ops.ones(3, 4, 5)),
        "matmul (leading dimensions)",
        "[2] and [3]");
  }
}
