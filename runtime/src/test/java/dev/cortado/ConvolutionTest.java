package dev.cortado;

import static dev.cortado.Expected.assertClose;
import static dev.cortado.Expected.assertRejected;
import static dev.cortado.Expected.assertTensor;
import static dev.cortado.Expected.shape;
import static dev.cortado.Expected.varied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvolutionTest {
  /**
   * A convolution by another way: one shifted, strided slice of the padded input per kernel tap.
   */
  private static Tensor byTaps(
      Tensor x, Tensor w, int[] stride, int[] padding, int[] dilation, int groups) {
    Tensor padded = Ops.pad(x, 2, padding[0], padding[1]);
    padded = Ops.pad(padded, 3, padding[2], padding[3]);
    int height = (padded.size(2) - dilation[0] * (w.size(2) - 1) - 1) / stride[0] + 1;
    int width = (padded.size(3) - dilation[1] * (w.size(3) - 1) - 1) / stride[1] + 1;
    List<Tensor> outputs = new ArrayList<>();
    for (int o = 0; o < w.size(0); o++) {
      Tensor sum = Ops.zeros(x.size(0), height, width);
      for (int c = 0; c < w.size(1); c++) {
        int channel = o / (w.size(0) / groups) * w.size(1) + c;
        Tensor plane = Ops.select(padded, 1, channel);
        for (int ky = 0; ky < w.size(2); ky++) {
          for (int kx = 0; kx < w.size(3); kx++) {
            int top = ky * dilation[0];
            int left = kx * dilation[1];
            Tensor tap = Ops.slice(plane, 1, top, top + (height - 1) * stride[0] + 1, stride[0]);
            tap = Ops.slice(tap, 2, left, left + (width - 1) * stride[1] + 1, stride[1]);
            sum = Ops.add(sum, Ops.mul(tap, w.get(o, c, ky, kx)));
          }
        }
      }
      outputs.add(sum);
    }
    return Ops.stack(1, outputs);
  }

  @Test
  void byHand() {
    Tensor x = Ops.reshape(Ops.arange(9), 1, 1, 3, 3);
    Tensor w = Tensor.of(new double[] {1, 2, 0, -1}, 1, 1, 2, 2);
    assertTensor(Ops.conv2d(x, w), shape(1, 1, 2, 2), -2, 0, 4, 6);
    assertTensor(
        Ops.conv2d(x, w, Tensor.of(new double[] {10}, 1)), shape(1, 1, 2, 2), 8, 10, 14, 16);
    assertTensor(
        Ops.conv2d(x, w, null, 2, 1, 1, 1), shape(1, 1, 2, 2), 0, -2, 3 * 2 - 6, 4 + 10 - 8);
  }

  @Test
  void everyOptionAgainstAnotherWay() {
    Tensor x = varied(1, 2, 4, 7, 6);
    int[] one = {1, 1};
    int[] none = {0, 0, 0, 0};
    Tensor w = varied(2, 6, 4, 3, 2);
    assertClose(Ops.conv2d(x, w), byTaps(x, w, one, none, one, 1));
    assertClose(
        Ops.conv2d(x, w, null, 2, 1, 1, 1),
        byTaps(x, w, new int[] {2, 2}, new int[] {1, 1, 1, 1}, one, 1));
    int[] stride = {2, 3};
    int[] dilation = {2, 1};
    int[] padding = {1, 2, 0, 3};
    Tensor grouped = varied(3, 6, 2, 3, 2);
    assertClose(
        Ops.conv2d(x, grouped, null, stride, padding, dilation, 2),
        byTaps(x, grouped, stride, padding, dilation, 2));
    Tensor depthwise = varied(4, 8, 1, 2, 2);
    assertClose(
        Ops.conv2d(x, depthwise, null, 1, 0, 3, 4),
        byTaps(x, depthwise, one, none, new int[] {3, 3}, 4));
  }

  @Test
  void twoPaddingsAreVerticalAndHorizontal() {
    Tensor x = varied(1, 1, 1, 3, 4);
    Tensor w = varied(2, 1, 1, 2, 3);
    int[] one = {1, 1};
    Tensor y = Ops.conv2d(x, w, null, one, new int[] {2, 1}, one, 1);
    assertThat(y.shape()).containsExactly(1, 1, 6, 4);
    assertClose(y, Ops.conv2d(x, w, null, one, new int[] {2, 2, 1, 1}, one, 1));
  }

  @Test
  void sequences() {
    Tensor x = Tensor.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 2, 4);
    Tensor w = Tensor.of(new double[] {1, 0, 0, 1}, 1, 2, 2);
    assertTensor(Ops.conv1d(x, w), shape(1, 1, 3), 7, 9, 11);
    assertTensor(Ops.conv1d(x, w, Tensor.of(new double[] {1}, 1)), shape(1, 1, 3), 8, 10, 12);
    assertTensor(Ops.conv1d(x, w, null, 2, 1, 1, 1), shape(1, 1, 3), 5, 9, 4);
    assertTensor(Ops.conv1d(x, w, null, 1, 0, 3, 1), shape(1, 1, 1), 9);
    int[] atTheEnd = {0, 1};
    assertTensor(Ops.conv1d(x, w, null, 1, atTheEnd, 1, 1), shape(1, 1, 4), 7, 9, 11, 4);
    Tensor depthwise = Tensor.of(new double[] {1, -1, 2, 0}, 2, 1, 2);
    assertTensor(
        Ops.conv1d(x, depthwise, null, 1, 0, 1, 2), shape(1, 2, 3), -1, -1, -1, 10, 12, 14);
  }

  @Test
  void transposedByHand() {
    Tensor x = Tensor.of(new double[] {1, 2}, 1, 1, 1, 2);
    Tensor w = Tensor.of(new double[] {1, 2, 3, 4}, 1, 1, 2, 2);
    assertTensor(Ops.convTranspose2d(x, w, null, 1, 0), shape(1, 1, 2, 3), 1, 4, 4, 3, 10, 8);
    assertTensor(
        Ops.convTranspose2d(x, w, Tensor.of(new double[] {1}, 1), 2, 0),
        shape(1, 1, 2, 4),
        2,
        3,
        3,
        5,
        4,
        5,
        7,
        9);
  }

  /**
   * {@code <conv(x), y> = <x, transposed(y)>} for all x and y defines the transposed convolution.
   */
  @Test
  void transposedIsTheAdjoint() {
    int[] stride = {2, 3};
    int[] padding = {1, 2};
    int[] dilation = {2, 1};
    Tensor x = varied(1, 2, 6, 8, 9);
    Tensor w = varied(2, 4, 3, 3, 2);
    Tensor forward = Ops.conv2d(x, w, null, stride, padding, dilation, 2);
    Tensor y = varied(3, forward.shape());
    int[] outputPadding = {1, 2};
    Tensor back = Ops.convTranspose2d(y, w, null, stride, padding, outputPadding, dilation, 2);
    assertThat(back.shape()).isEqualTo(x.shape());
    assertThat(Ops.sum(Ops.mul(x, back)).item())
        .isCloseTo(Ops.sum(Ops.mul(forward, y)).item(), within(1e-10));
  }

  @Test
  void emptyBatches() {
    assertThat(Ops.conv2d(Ops.zeros(0, 1, 4, 4), Ops.ones(2, 1, 3, 3)).shape())
        .containsExactly(0, 2, 2, 2);
    assertThat(Ops.conv1d(Ops.zeros(0, 1, 4), Ops.ones(2, 1, 3)).shape()).containsExactly(0, 2, 2);
    assertThat(Ops.convTranspose2d(Ops.zeros(0, 1, 4, 4), Ops.ones(1, 2, 3, 3), null, 1, 0).shape())
        .containsExactly(0, 2, 6, 6);
  }

  @Test
  void refusesWhatDoesNotFit() {
    Tensor x = Ops.ones(1, 4, 5, 5);
    Tensor w = Ops.ones(6, 4, 3, 3);
    assertRejected(
        () -> Ops.conv2d(x, Ops.ones(6, 4, 7, 7)), "kernel", "1 to 5", "spans 7", "padding");
    assertRejected(() -> Ops.conv2d(x, w, null, 1, 0, 3, 1), "spans 7");
    assertRejected(() -> Ops.conv2d(x, w, null, 1, 0, 1, 3), "groups that divide 4", "3 came");
    assertRejected(() -> Ops.conv2d(x, Ops.ones(6, 3, 3, 3)), "expects 3 channels", "4 came");
    assertRejected(() -> Ops.conv2d(x, w, Ops.ones(5)), "a bias [6]", "[5] came");
    assertRejected(() -> Ops.conv2d(x, w, null, 0, 0, 1, 1), "stride of at least 1", "0 came");
    assertRejected(() -> Ops.conv2d(x, w, null, 1, -1, 1, 1), "padding of at least 0");
    assertRejected(() -> Ops.conv2d(x, w, null, 1, 0, 0, 1), "dilation of at least 1");
    assertRejected(() -> Ops.conv2d(Ops.ones(4, 5, 5), w), "[N, C, H, W]", "[4, 5, 5] came");
    assertRejected(() -> Ops.conv1d(x, w), "conv1d", "[N, C, L]");
    assertRejected(() -> Ops.convTranspose2d(x, w, null, 1, 0), "expects 6 channels", "4 came");
    int[] one = {1, 1};
    int[] none = {0, 0};
    assertRejected(
        () -> Ops.convTranspose2d(x, Ops.ones(4, 2, 3, 3), null, one, none, one, one, 1),
        "output padding",
        "less than stride",
        "1 came");
    assertRejected(
        () -> Ops.convTranspose2d(x, Ops.ones(4, 2, 1, 1), null, 1, 3), "size -1", "padding");
  }
}
