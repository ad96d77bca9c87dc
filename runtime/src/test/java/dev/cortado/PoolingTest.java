package dev.cortado;

import static dev.cortado.Expected.assertClose;
import static dev.cortado.Expected.assertRejected;
import static dev.cortado.Expected.assertTensor;
import static dev.cortado.Expected.shape;
import static dev.cortado.Expected.varied;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoolingTest {
  private static final Tensor X =
      Tensor.of(new double[] {1, 2, 3, 4, 9, 8, 7, 6, -1, -2, -3, -4}, 1, 1, 3, 4);

  @Test
  void largest() {
    assertTensor(Ops.maxPool2d(X, 2), shape(1, 1, 1, 2), 9, 7);
    assertTensor(Ops.maxPool2d(X, 2, 1), shape(1, 1, 2, 3), 9, 8, 7, 9, 8, 7);
    assertTensor(Ops.maxPool2d(X, 3, 2), shape(1, 1, 1, 1), 9);
    int[] size = {1, 3};
    int[] stride = {2, 1};
    int[] none = {0, 0};
    assertTensor(Ops.maxPool2d(X, size, stride, none), shape(1, 1, 2, 2), 3, 4, -1, -2);
  }

  @Test
  void paddingIsNeverTheLargest() {
    assertTensor(Ops.maxPool2d(Ops.neg(X), 2, 2, 1), shape(1, 1, 2, 3), -1, -2, -4, 1, 3, 4);
  }

  @Test
  void averages() {
    assertTensor(Ops.avgPool2d(X, 2), shape(1, 1, 1, 2), 5, 5);
    assertTensor(Ops.avgPool2d(X, 2, 1), shape(1, 1, 2, 3), 5, 5, 5, 3.5, 2.5, 1.5);
    assertTensor(Ops.avgPool2d(X, 2, 2, 1), shape(1, 1, 2, 3), 0.25, 1.25, 1, 2, 2.5, 0.5);
  }

  /** An average is a depthwise convolution with a constant kernel. */
  @Test
  void averagesAreConvolutions() {
    Tensor x = varied(1, 2, 3, 7, 8);
    int[] size = {3, 2};
    int[] stride = {2, 3};
    int[] padding = {1, 1};
    Tensor kernel = Ops.full(1 / 6.0, 3, 1, 3, 2);
    assertClose(
        Ops.avgPool2d(x, size, stride, padding),
        Ops.conv2d(x, kernel, null, stride, padding, new int[] {1, 1}, 3));
  }

  @Test
  void adaptive() {
    assertTensor(Ops.adaptiveAvgPool2d(X, 1, 1), shape(1, 1, 1, 1), 2.5);
    assertClose(Ops.adaptiveAvgPool2d(X, 3, 4), X);
    // Rows 0-2 and 1-3 of 3, columns 0-2, 1-3 and 2-4 of 4.
    assertTensor(Ops.adaptiveAvgPool2d(X, 2, 3), shape(1, 1, 2, 3), 5, 5, 5, 3.5, 2.5, 1.5);
    Tensor x = varied(1, 2, 3, 6, 8);
    int[] size = {3, 2};
    assertClose(Ops.adaptiveAvgPool2d(x, 2, 4), Ops.avgPool2d(x, size, size, new int[] {0, 0}));
    assertTensor(
        Ops.adaptiveAvgPool2d(Ops.full(3, 1, 1, 1, 1), 2, 2), shape(1, 1, 2, 2), 3, 3, 3, 3);
  }

  @Test
  void global() {
    Tensor x = varied(1, 2, 3, 4, 5);
    assertClose(Ops.globalAvgPool2d(x), Ops.mean(x, 2, 3));
    assertThat(Ops.globalAvgPool2d(x).shape()).containsExactly(2, 3);
  }

  @Test
  void emptyBatches() {
    Tensor empty = Ops.zeros(0, 2, 4, 4);
    assertThat(Ops.maxPool2d(empty, 2).shape()).containsExactly(0, 2, 2, 2);
    assertThat(Ops.avgPool2d(empty, 3).shape()).containsExactly(0, 2, 1, 1);
    assertThat(Ops.adaptiveAvgPool2d(empty, 3, 1).shape()).containsExactly(0, 2, 3, 1);
    assertThat(Ops.globalAvgPool2d(empty).shape()).containsExactly(0, 2);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertRejected(() -> Ops.maxPool2d(X, 4), "maxPool2d", "1 to 3", "spans 4");
    assertRejected(() -> Ops.avgPool2d(X, 0), "size of at least 1", "0 came");
    assertRejected(() -> Ops.maxPool2d(X, 2, 0), "stride of at least 1");
    assertRejected(() -> Ops.maxPool2d(X, 2, 2, 2), "half the size 2", "2 came");
    assertRejected(() -> Ops.avgPool2d(Ops.ones(3, 4), 2), "[N, C, H, W]", "[3, 4] came");
    assertRejected(() -> Ops.adaptiveAvgPool2d(X, 0, 1), "at least 1", "0 × 1");
    assertRejected(() -> Ops.globalAvgPool2d(Ops.ones(2)), "[N, C, H, W]");
  }
}
