package dev.cortado;

import static dev.cortado.Expected.assertRejected;
import static dev.cortado.Expected.assertTensor;
import static dev.cortado.Expected.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void knowsItsShape() {
    Tensor x = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertThat(x.rank()).isEqualTo(2);
    assertThat(x.shape()).containsExactly(2, 3);
    assertThat(x.size(0)).isEqualTo(2);
    assertThat(x.size(-1)).isEqualTo(3);
    assertThat(x.count()).isEqualTo(6);
    assertThat(x.get(1, 2)).isEqualTo(6);
    assertRejected(() -> x.size(2), "from -2 to 1", "[2, 3]", "2 came");
  }

  @Test
  void isNotChangedThroughItsArrays() {
    double[] values = {1, 2};
    int[] dims = {2};
    Tensor x = Tensor.of(values, dims);
    values[0] = 9;
    dims[0] = 1;
    x.toDoubles()[1] = 9;
    x.shape()[0] = 7;
    assertTensor(x, shape(2), 1, 2);
  }

  @Test
  void takesAndGivesFloats() {
    Tensor x = Tensor.of(new float[] {0.1f, 2}, 1, 2);
    assertTensor(x, shape(1, 2), 0.1f, 2);
    assertThat(x.toFloats()).containsExactly(0.1f, 2);
  }

  @Test
  void refusesValuesThatDoNotFitTheShape() {
    assertRejected(() -> Tensor.of(new double[5], 2, 3), "expects 6 values for [2, 3]", "5 came");
    assertRejected(() -> Tensor.of(new double[0], -1), "negative", "[-1]");
  }

  @Test
  void itemIsForOneElement() {
    assertThat(Tensor.scalar(3).item()).isEqualTo(3);
    assertThat(Tensor.of(new double[] {4}, 1, 1).item()).isEqualTo(4);
    assertThatThrownBy(() -> Ops.ones(2).item())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one element")
        .hasMessageContaining("[2]");
  }

  @Test
  void getChecksItsIndex() {
    Tensor x = Ops.ones(2, 3);
    assertRejected(() -> x.get(1), "2 indices", "1 came");
    assertThatThrownBy(() -> x.get(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void printsItsValuesNested() {
    assertThat(Tensor.of(new double[] {1, 2.5, -3, 4}, 2, 2))
        .hasToString("Tensor [2, 2] {{1, 2.50000}, {-3, 4}}");
    assertThat(Tensor.scalar(0.125)).hasToString("Tensor [] 0.125000");
    assertThat(Ops.zeros(0, 2)).hasToString("Tensor [0, 2] {}");
    assertThat(Ops.full(Double.NaN, 1)).hasToString("Tensor [1] {NaN}");
  }

  @Test
  void printsTheEdgesOfLongOnes() {
    assertThat(Ops.arange(2000)).hasToString("Tensor [2000] {0, 1, 2, …, 1997, 1998, 1999}");
  }

  @Test
  void integersKeepShapeAndValues() {
    IntTensor tokens = IntTensor.of(new int[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertThat(tokens.shape()).containsExactly(2, 3);
    assertThat(tokens.size(-1)).isEqualTo(3);
    assertThat(tokens.rank()).isEqualTo(2);
    assertThat(tokens.toInts()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(tokens).hasToString("IntTensor [2, 3] [1, 2, 3, 4, 5, 6]");
    Labels labels = Labels.of(new int[] {3, 1}, 2);
    assertThat(labels.count()).isEqualTo(2);
    assertThat(labels.size(0)).isEqualTo(2);
    assertThat(labels).hasToString("Labels [2] [3, 1]");
    assertRejected(() -> Labels.of(new int[] {3, 1}, 3), "3 values", "2 came");
  }
}
