package dev.cortado;

import static dev.cortado.Expected.assertClose;
import static dev.cortado.Expected.assertRejected;
import static dev.cortado.Expected.assertScalar;
import static dev.cortado.Expected.assertTensor;
import static dev.cortado.Expected.shape;
import static dev.cortado.Expected.varied;
import static dev.cortado.Ops.keepDims;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReductionTest {
  private static final Tensor X = Tensor.of(new double[] {1, 5, 3, 4, -2, 6}, 2, 3);

  @Test
  void overAll() {
    assertScalar(Ops.sum(X), 17);
    assertScalar(Ops.mean(X), 17 / 6.0);
    assertScalar(Ops.max(X), 6);
    assertScalar(Ops.min(X), -2);
    assertTensor(Ops.sum(X, keepDims()), shape(1, 1), 17);
    assertScalar(Ops.sum(Tensor.scalar(3)), 3);
  }

  @Test
  void overChosenDimensions() {
    assertTensor(Ops.sum(X, 0), shape(3), 5, 3, 9);
    assertTensor(Ops.sum(X, -1), shape(2), 9, 8);
    assertTensor(Ops.sum(X, 1, 0), shape(), 17);
    assertTensor(Ops.mean(X, 0), shape(3), 2.5, 1.5, 4.5);
    assertTensor(Ops.max(X, 1), shape(2), 5, 6);
    assertTensor(Ops.min(X, -2), shape(3), 1, -2, 3);
  }

  @Test
  void keepingThem() {
    assertTensor(Ops.sum(X, keepDims(0)), shape(1, 3), 5, 3, 9);
    assertTensor(Ops.mean(X, keepDims(-1)), shape(2, 1), 3, 8 / 3.0);
    assertTensor(Ops.max(X, keepDims(1)), shape(2, 1), 5, 6);
    assertTensor(Ops.min(X, keepDims(0)), shape(1, 3), 1, -2, 3);
    assertTensor(Ops.variance(X, keepDims(1)), shape(2, 1), 4, 52 / 3.0);
    assertTensor(Ops.populationVariance(X, keepDims(1)), shape(2, 1), 8 / 3.0, 104 / 9.0);
  }

  @Test
  void overAMiddleAndSeveralDimensions() {
    Tensor x = Ops.reshape(Ops.arange(24), 2, 3, 4);
    assertTensor(Ops.sum(x, 1), shape(2, 4), 12, 15, 18, 21, 48, 51, 54, 57);
    assertTensor(Ops.sum(x, 0, 2), shape(3), 60, 92, 124);
    assertTensor(Ops.max(x, keepDims(0, -1)), shape(1, 3, 1), 15, 19, 23);
  }

  @Test
  void variances() {
    assertTensor(Ops.variance(X, 1), shape(2), 4, 52 / 3.0);
    assertTensor(Ops.populationVariance(X, 0), shape(3), 2.25, 12.25, 2.25);
    assertScalar(Ops.populationVariance(Ops.full(3, 7)), 0);
    assertThat(Ops.variance(Ops.ones(1)).item()).isNaN();
  }

  @Test
  void ofNothing() {
    Tensor empty = Ops.zeros(0, 3);
    assertScalar(Ops.sum(empty), 0);
    assertTensor(Ops.sum(empty, 0), shape(3), 0, 0, 0);
    assertTensor(Ops.mean(empty, 1), shape(0));
    assertTensor(Ops.max(empty, 1), shape(0));
    assertThat(Ops.mean(empty).item()).isNaN();
    assertRejected(() -> Ops.max(empty, 0), "max", "at least one element", "[0, 3]");
    assertRejected(() -> Ops.argmax(empty, 0), "argmax", "at least one element");
  }

  @Test
  void refusesDimensionsThatAreNotThere() {
    assertRejected(() -> Ops.sum(X, 2), "sum", "from -2 to 1", "[2, 3]", "2 came");
    assertRejected(() -> Ops.mean(X, 0, -2), "each dimension once", "-2 came twice");
    assertRejected(() -> Ops.sum(Tensor.scalar(1), 0), "a scalar has none");
  }

  @Test
  void softmaxAlongEitherDimension() {
    Tensor x = Tensor.of(new double[] {0, Math.log(3), Math.log(2), Math.log(2)}, 2, 2);
    assertTensor(Ops.softmax(x, 1), shape(2, 2), 0.25, 0.75, 0.5, 0.5);
    assertTensor(Ops.softmax(x, 0), shape(2, 2), 1 / 3.0, 0.6, 2 / 3.0, 0.4);
    assertTensor(
        Ops.logSoftmax(x, -1),
        shape(2, 2),
        Math.log(0.25),
        Math.log(0.75),
        Math.log(0.5),
        Math.log(0.5));
  }

  @Test
  void softmaxOfLargeValues() {
    Tensor x = Tensor.of(new double[] {1000, 0, -1000}, 1, 3);
    assertTensor(Ops.softmax(x, 1), shape(1, 3), 1, 0, 0);
    assertTensor(Ops.logSoftmax(x, 1), shape(1, 3), 0, -1000, -2000);
    Tensor masked = Tensor.of(new double[] {Double.NEGATIVE_INFINITY, 2}, 2);
    assertTensor(Ops.softmax(masked, 0), shape(2), 0, 1);
  }

  @Test
  void softmaxAddsUpAndTakesNothing() {
    Tensor x = varied(3, 4, 5, 3);
    assertClose(Ops.sum(Ops.softmax(x, 1), 1), Ops.ones(4, 3));
    assertClose(Ops.exp(Ops.logSoftmax(x, 1)), Ops.softmax(x, 1));
    assertTensor(Ops.softmax(Ops.zeros(0, 3), 1), shape(0, 3));
    assertRejected(() -> Ops.softmax(Ops.zeros(0, 3), 2), "softmax", "2 came");
  }

  @Test
  void argmaxTakesTheFirstOfEqualOnes() {
    assertTensor(Ops.argmax(X, 1), shape(2), 1, 2);
    assertTensor(Ops.argmax(X, 0), shape(3), 1, 0, 1);
    assertTensor(Ops.argmax(Tensor.of(new double[] {2, 7, 7}, 3), -1), shape(), 1);
    assertTensor(Ops.argmax(Ops.zeros(0, 3), 1), shape(0));
  }

  @Test
  void topkComesLargestFirst() {
    TopK top = Ops.topk(X, 2);
    assertTensor(top.values(), shape(2, 2), 5, 3, 6, 4);
    assertTensor(top.indices(), shape(2, 2), 1, 2, 2, 0);
    TopK equal = Ops.topk(Tensor.of(new double[] {1, 2, 1, 2}, 4), 3);
    assertTensor(equal.values(), shape(3), 2, 2, 1);
    assertTensor(equal.indices(), shape(3), 1, 3, 0);
    assertTensor(Ops.topk(Ops.zeros(0, 3), 2).values(), shape(0, 2));
    assertRejected(() -> Ops.topk(X, 4), "k from 1 to 3", "[2, 3]", "4 came");
  }
}
