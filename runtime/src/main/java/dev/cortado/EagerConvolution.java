package dev.cortado;

import org.jspecify.annotations.Nullable;

/** Convolutions, each as the sum that defines it. */
final class EagerConvolution {
  private EagerConvolution() {}

  static Tensor conv1d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int stride,
      int[] padding,
      int dilation,
      int groups) {
    Shapes.requireRank("conv1d", "[N, C, L]", 3, x.dims());
    Shapes.requireRank("conv1d", "a weight [out, C / groups, k]", 3, weight.dims());
    int right = padding[padding.length - 1];
    Tensor y =
        conv(
            "conv1d",
            EagerMovement.unsqueeze(x, 2),
            EagerMovement.unsqueeze(weight, 2),
            bias,
            new int[] {1, stride},
            new int[] {0, 0, padding[0], right},
            new int[] {1, dilation},
            groups);
    return EagerMovement.squeeze(y, 2);
  }

  static Tensor conv2d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] dilation,
      int groups) {
    Shapes.requireRank("conv2d", "[N, C, H, W]", 4, x.dims());
    Shapes.requireRank("conv2d", "a weight [out, C / groups, kh, kw]", 4, weight.dims());
    int[] sides =
        padding.length == 2 ? new int[] {padding[0], padding[0], padding[1], padding[1]} : padding;
    return conv("conv2d", x, weight, bias, stride, sides, dilation, groups);
  }

  /** {@code padding}: top, bottom, left, right. */
  private static Tensor conv(
      String what,
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] dilation,
      int groups) {
    int channels = x.size(1);
    int out = weight.size(0);
    int perGroup = weight.size(1);
    requireOptions(what, stride, padding, dilation);
    requireGroups(what, groups, channels, out);
    requireChannels(what, channels, perGroup * groups, x, weight);
    requireBias(what, bias, out);
    int height =
        outSize(what, x.size(2), padding[0] + padding[1], weight.size(2), dilation[0], stride[0]);
    int width =
        outSize(what, x.size(3), padding[2] + padding[3], weight.size(3), dilation[1], stride[1]);
    return Tensor.build(
        new int[] {x.size(0), out, height, width},
        i -> {
          int firstChannel = i[1] / (out / groups) * perGroup;
          int top = i[2] * stride[0] - padding[0];
          int left = i[3] * stride[1] - padding[2];
          double sum = bias == null ? 0 : bias.data()[i[1]];
          for (int c = 0; c < perGroup; c++) {
            sum += window(x, i[0], firstChannel + c, top, left, weight, i[1], c, dilation);
          }
          return sum;
        });
  }

  /** One channel of one window times one channel of the kernel; what is outside counts as 0. */
  private static double window(
      Tensor x,
      int n,
      int channel,
      int top,
      int left,
      Tensor weight,
      int o,
      int c,
      int[] dilation) {
    int height = x.dims()[2];
    int width = x.dims()[3];
    int kernelHeight = weight.dims()[2];
    int kernelWidth = weight.dims()[3];
    int plane = (n * x.dims()[1] + channel) * height * width;
    int kernel = (o * weight.dims()[1] + c) * kernelHeight * kernelWidth;
    double sum = 0;
    for (int ky = 0; ky < kernelHeight; ky++) {
      int row = top + ky * dilation[0];
      for (int kx = 0; kx < kernelWidth; kx++) {
        int column = left + kx * dilation[1];
        if (row >= 0 && row < height && column >= 0 && column < width) {
          sum +=
              x.data()[plane + row * width + column]
                  * weight.data()[kernel + ky * kernelWidth + kx];
        }
      }
    }
    return sum;
  }

  static Tensor convTranspose2d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] outputPadding,
      int[] dilation,
      int groups) {
    String what = "convTranspose2d";
    Shapes.requireRank(what, "[N, C, H, W]", 4, x.dims());
    Shapes.requireRank(what, "a weight [C, out / groups, kh, kw]", 4, weight.dims());
    int channels = x.size(1);
    int perGroup = weight.size(1);
    int out = perGroup * groups;
    requireOptions(what, stride, padding, dilation);
    requireGroups(what, groups, channels, out);
    requireChannels(what, channels, weight.size(0), x, weight);
    requireBias(what, bias, out);
    int[] shape = {x.size(0), out, 0, 0};
    for (int d = 0; d < 2; d++) {
      shape[2 + d] =
          transposedSize(
              x.size(2 + d),
              weight.size(2 + d),
              stride[d],
              padding[d],
              outputPadding[d],
              dilation[d]);
    }
    return Tensor.build(
        shape,
        i -> {
          int group = i[1] / perGroup;
          double sum = bias == null ? 0 : bias.data()[i[1]];
          for (int c = 0; c < channels / groups; c++) {
            int channel = group * (channels / groups) + c;
            sum += gathered(x, weight, i, channel, i[1] % perGroup, stride, padding, dilation);
          }
          return sum;
        });
  }

  private static int transposedSize(
      int size, int kernel, int stride, int padding, int outputPadding, int dilation) {
    if (outputPadding < 0 || outputPadding >= Math.max(stride, dilation)) {
      throw new IllegalArgumentException(
          "convTranspose2d expects an output padding of at least 0 and less than stride or"
              + " dilation, but "
              + outputPadding
              + " came");
    }
    int result = (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + outputPadding + 1;
    if (result < 1) {
      throw new IllegalArgumentException(
          "convTranspose2d would give size "
              + result
              + " for an input of "
              + size
              + "; use less padding");
    }
    return result;
  }

  /** What one input channel adds to one element: those inputs whose kernel covers it. */
  private static double gathered(
      Tensor x,
      Tensor weight,
      int[] index,
      int channel,
      int o,
      int[] stride,
      int[] padding,
      int[] dilation) {
    double sum = 0;
    for (int ky = 0; ky < weight.dims()[2]; ky++) {
      int row = index[2] + padding[0] - ky * dilation[0];
      for (int kx = 0; kx < weight.dims()[3]; kx++) {
        int column = index[3] + padding[1] - kx * dilation[1];
        boolean hit =
            row >= 0
                && column >= 0
                && row % stride[0] == 0
                && column % stride[1] == 0
                && row / stride[0] < x.dims()[2]
                && column / stride[1] < x.dims()[3];
        if (hit) {
          sum +=
              x.at(new int[] {index[0], channel, row / stride[0], column / stride[1]})
                  * weight.at(new int[] {channel, o, ky, kx});
        }
      }
    }
    return sum;
  }

  /** Places of a kernel or window along one dimension. */
  static int outSize(String what, int size, int padding, int kernel, int dilation, int stride) {
    int span = dilation * (kernel - 1) + 1;
    if (kernel < 1 || size + padding < span) {
      throw new IllegalArgumentException(
          what
              + " expects a kernel of 1 to "
              + (size + padding)
              + " (the input with its padding), but one that spans "
              + span
              + " came; use a smaller kernel or more padding");
    }
    return (size + padding - span) / stride + 1;
  }

  private static void requireOptions(String what, int[] stride, int[] padding, int[] dilation) {
    requireAtLeast(what, "stride", 1, stride);
    requireAtLeast(what, "padding", 0, padding);
    requireAtLeast(what, "dilation", 1, dilation);
  }

  static void requireAtLeast(String what, String option, int least, int[] values) {
    for (int value : values) {
      if (value < least) {
        throw new IllegalArgumentException(
            what + " expects a " + option + " of at least " + least + ", but " + value + " came");
      }
    }
  }

  private static void requireGroups(String what, int groups, int in, int out) {
    if (groups < 1 || in % groups != 0 || out % groups != 0) {
      throw new IllegalArgumentException(
          what
              + " expects groups that divide "
              + in
              + " in-channels and "
              + out
              + " out-channels, but "
              + groups
              + " came");
    }
  }

  private static void requireChannels(
      String what, int came, int expected, Tensor x, Tensor weight) {
    if (came != expected) {
      throw new IllegalArgumentException(
          what
              + " expects "
              + expected
              + " channels for the weight "
              + Shapes.text(weight.dims())
              + ", but "
              + came
              + " came with "
              + Shapes.text(x.dims()));
    }
  }

  private static void requireBias(String what, @Nullable Tensor bias, int out) {
    if (bias != null && (bias.rank() != 1 || bias.size(0) != out)) {
      throw new IllegalArgumentException(
          what + " expects a bias [" + out + "], but " + Shapes.text(bias.dims()) + " came");
    }
  }
}
