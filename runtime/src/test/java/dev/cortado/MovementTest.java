package dev.cortado;

import static dev.cortado.Expected.assertClose;
import static dev.cortado.Expected.assertRejected;
import static dev.cortado.Expected.assertTensor;
import static dev.cortado.Expected.shape;
import static dev.cortado.Expected.varied;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MovementTest {
  private static final Tensor X = Ops.reshape(Ops.arange(6), 2, 3);

  @Test
  void reshape() {
    assertTensor(Ops.reshape(X, 3, 2), shape(3, 2), 0, 1, 2, 3, 4, 5);
    assertThat(Ops.reshape(X, -1).shape()).containsExactly(6);
    assertThat(Ops.reshape(X, 1, -1, 2).shape()).containsExactly(1, 3, 2);
    assertThat(Ops.reshape(Ops.zeros(0, 4), -1, 2).shape()).containsExactly(0, 2);
    assertTensor(Ops.reshape(Ops.full(3, 1, 1)), shape(), 3);
  }

  @Test
  void reshapeKeepsTheNumberOfElements() {
    assertRejected(() -> Ops.reshape(X, 4), "6 elements", "[2, 3]", "[4] came");
    assertRejected(() -> Ops.reshape(X, 4, -1), "6 elements", "[4, -1] came");
    assertRejected(() -> Ops.reshape(X, -1, -1), "at most one -1", "[-1, -1]");
    assertRejected(() -> Ops.reshape(Ops.zeros(0, 4), 0, -1), "0 elements", "[0, -1]");
  }

  @Test
  void flatten() {
    assertThat(Ops.flatten(Ops.zeros(2, 3, 4, 5)).shape()).containsExactly(2, 60);
    assertThat(Ops.flatten(Ops.zeros(2, 3, 4, 5), 2).shape()).containsExactly(2, 3, 20);
    assertThat(Ops.flatten(Ops.zeros(2, 3, 4, 5), -1).shape()).containsExactly(2, 3, 4, 5);
    assertThat(Ops.flatten(Ops.zeros(0, 3, 4)).shape()).containsExactly(0, 12);
    assertTensor(Ops.flatten(X, 0), shape(6), 0, 1, 2, 3, 4, 5);
    assertRejected(() -> Ops.flatten(Ops.zeros(4)), "flatten", "[4]", "1 came");
  }

  @Test
  void dimensionsOfSizeOne() {
    assertThat(Ops.unsqueeze(X, 0).shape()).containsExactly(1, 2, 3);
    assertThat(Ops.unsqueeze(X, 1).shape()).containsExactly(2, 1, 3);
    assertThat(Ops.unsqueeze(X, -1).shape()).containsExactly(2, 3, 1);
    assertThat(Ops.squeeze(Ops.zeros(2, 1, 3), 1).shape()).containsExactly(2, 3);
    assertClose(Ops.squeeze(Ops.unsqueeze(X, 2), -1), X);
    assertRejected(() -> Ops.squeeze(X, 0), "size 1", "[2, 3]");
    assertRejected(() -> Ops.unsqueeze(X, 3), "unsqueeze", "3 came");
  }

  @Test
  void transposeAndPermute() {
    assertTensor(Ops.transpose(X, 0, 1), shape(3, 2), 0, 3, 1, 4, 2, 5);
    assertTensor(Ops.transpose(X, -1, -1), shape(2, 3), 0, 1, 2, 3, 4, 5);
    Tensor y = varied(1, 2, 3, 4);
    Tensor turned = Ops.permute(y, 2, 0, -2);
    assertThat(turned.shape()).containsExactly(4, 2, 3);
    assertThat(turned.get(3, 1, 2)).isEqualTo(y.get(1, 2, 3));
    assertThat(turned.get(0, 1, 0)).isEqualTo(y.get(1, 0, 0));
    assertClose(Ops.permute(turned, 1, 2, 0), y);
    assertClose(Ops.permute(y, 0, 2, 1), Ops.transpose(y, 2, 1));
    assertRejected(() -> Ops.permute(X, 0), "each dimension", "[0] came");
    assertRejected(() -> Ops.permute(X, 1, -1), "each dimension", "[1, -1] came");
  }

  @Test
  void expand() {
    Tensor column = Tensor.of(new double[] {1, 2}, 2, 1);
    assertTensor(Ops.expand(column, 2, 3), shape(2, 3), 1, 1, 1, 2, 2, 2);
    assertTensor(Ops.expand(column, -1, 2), shape(2, 2), 1, 1, 2, 2);
    assertTensor(Ops.expand(column, 2, -1, -1), shape(2, 2, 1), 1, 2, 1, 2);
    assertTensor(Ops.expand(Tensor.scalar(4), 3), shape(3), 4, 4, 4);
    assertTensor(Ops.expand(column, 0, 2, 1), shape(0, 2, 1));
    assertRejected(() -> Ops.expand(X, 4, 3), "expand", "[2, 3]", "[4, 3] came");
    assertRejected(() -> Ops.expand(X, 3), "expand", "[3] came");
    assertRejected(() -> Ops.expand(X, -1, 2, 3), "expand", "[-1, 2, 3] came");
  }

  @Test
  void concat() {
    Tensor y = Tensor.of(new double[] {7, 8}, 2, 1);
    assertTensor(Ops.concat(1, X, y), shape(2, 4), 0, 1, 2, 7, 3, 4, 5, 8);
    assertTensor(Ops.concat(-1, List.of(y, X)), shape(2, 4), 7, 0, 1, 2, 8, 3, 4, 5);
    Tensor row = Ops.full(9, 1, 3);
    assertTensor(Ops.concat(0, row, X), shape(3, 3), 9, 9, 9, 0, 1, 2, 3, 4, 5);
    assertTensor(Ops.concat(0, Ops.zeros(0, 3), row), shape(1, 3), 9, 9, 9);
    assertClose(Ops.concat(0, X), X);
    assertRejected(() -> Ops.concat(0, X, y), "equal sizes", "but 0", "[2, 3] and [2, 1]");
    assertRejected(() -> Ops.concat(0, X, Ops.ones(3)), "[2, 3] and [3]");
    assertRejected(() -> Ops.concat(0), "at least one");
  }

  @Test
  void stack() {
    Tensor a = Ops.arange(3);
    Tensor b = Ops.arange(3, 6);
    assertTensor(Ops.stack(0, a, b), shape(2, 3), 0, 1, 2, 3, 4, 5);
    assertTensor(Ops.stack(1, a, b), shape(3, 2), 0, 3, 1, 4, 2, 5);
    assertTensor(Ops.stack(-1, List.of(a, b)), shape(3, 2), 0, 3, 1, 4, 2, 5);
    assertTensor(Ops.stack(0, Tensor.scalar(1), Tensor.scalar(2)), shape(2), 1, 2);
    assertRejected(() -> Ops.stack(0, a, X), "one shape", "[3] and [2, 3]");
    assertRejected(() -> Ops.stack(2, a, b), "stack", "2 came");
  }

  @Test
  void split() {
    List<Tensor> parts = Ops.split(X, 1, 1, 2);
    assertThat(parts).hasSize(2);
    assertTensor(parts.get(0), shape(2, 1), 0, 3);
    assertTensor(parts.get(1), shape(2, 2), 1, 2, 4, 5);
    List<Tensor> pieces = Ops.split(X, -1, 2);
    assertTensor(pieces.get(0), shape(2, 2), 0, 1, 3, 4);
    assertTensor(pieces.get(1), shape(2, 1), 2, 5);
    assertThat(Ops.split(X, 0, 2)).hasSize(1);
    assertClose(Ops.concat(1, Ops.split(X, 1, 1)), X);
    assertThat(Ops.split(X, 1, 0, 3).getFirst().shape()).containsExactly(2, 0);
    assertRejected(() -> Ops.split(X, 1, 1, 1), "add up to the 3", "[1, 1] came");
    assertRejected(() -> Ops.split(X, 1, 0), "at least 1", "0 came");
  }

  @Test
  void slice() {
    assertTensor(Ops.slice(X, 1, 1, 3), shape(2, 2), 1, 2, 4, 5);
    assertTensor(Ops.slice(X, 0, 1, 2), shape(1, 3), 3, 4, 5);
    assertTensor(Ops.slice(X, 1, -2, -1), shape(2, 1), 1, 4);
    assertTensor(Ops.slice(X, -1, 0, 3, 2), shape(2, 2), 0, 2, 3, 5);
    assertTensor(Ops.slice(Ops.arange(7), 0, 1, 7, 3), shape(2), 1, 4);
    assertTensor(Ops.slice(X, 1, 2, 2), shape(2, 0));
    assertRejected(() -> Ops.slice(X, 1, 1, 4), "<= 3", "[2, 3]", "from 1 to 4 by 1");
    assertRejected(() -> Ops.slice(X, 1, 2, 1), "from 2 to 1");
    assertRejected(() -> Ops.slice(X, 1, -4, 1), "from -4 to 1");
    assertRejected(() -> Ops.slice(X, 1, 0, 3, 0), "by 0");
  }

  @Test
  void select() {
    assertTensor(Ops.select(X, 1, 2), shape(2), 2, 5);
    assertTensor(Ops.select(X, 0, -1), shape(3), 3, 4, 5);
    assertTensor(Ops.select(Ops.arange(3), 0, 1), shape(), 1);
    assertRejected(() -> Ops.select(X, 1, 3), "-3 to 2", "3 came");
  }

  @Test
  void pad() {
    assertTensor(Ops.pad(X, 1, 1, 0), shape(2, 4), 0, 0, 1, 2, 0, 3, 4, 5);
    assertTensor(Ops.pad(X, 0, 0, 1, -7), shape(3, 3), 0, 1, 2, 3, 4, 5, -7, -7, -7);
    assertTensor(Ops.pad(Ops.zeros(0), 0, 1, 2, 5), shape(3), 5, 5, 5);
    assertClose(Ops.slice(Ops.pad(X, -1, 2, 3), 1, 2, 5), X);
    assertRejected(() -> Ops.pad(X, 0, -1, 0), "at least 0", "-1 and 0", "slice");
  }
}
