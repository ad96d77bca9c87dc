package dev.cortado;

/** Pooling of {@code [N, C, H, W]}. */
final class EagerPooling {
  private EagerPooling() {}

  /** Summarises rows {@code top} to {@code bottom} and columns {@code left} to {@code right}. */
  @FunctionalInterface
  private interface Summary {
    double of(int n, int c, int top, int bottom, int left, int right);
  }

  static Tensor max(Tensor x, int[] size, int[] stride, int[] padding) {
    return windows(
        "maxPool2d",
        x,
        size,
        stride,
        padding,
        (n, c, top, bottom, left, right) -> {
          double best = Double.NEGATIVE_INFINITY;
          for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
              best = Math.max(best, element(x, n, c, row, column));
            }
          }
          return best;
        });
  }

  static Tensor average(Tensor x, int[] size, int[] stride, int[] padding) {
    return windows(
        "avgPool2d",
        x,
        size,
        stride,
        padding,
        (n, c, top, bottom, left, right) ->
            sum(x, n, c, top, bottom, left, right) / (size[0] * size[1]));
  }

  static Tensor adaptiveAverage(Tensor x, int height, int width) {
    Shapes.requireRank("adaptiveAvgPool2d", "[N, C, H, W]", 4, x.dims());
    int h = x.size(2);
    int w = x.size(3);
    if (height < 1 || width < 1 || h < 1 || w < 1) {
      throw new IllegalArgumentException(
          "adaptiveAvgPool2d expects sizes of at least 1, but "
              + height
              + " × "
              + width
              + " of "
              + Shapes.text(x.dims())
              + " came");
    }
    return Tensor.build(
        new int[] {x.size(0), x.size(1), height, width},
        i -> {
          int top = i[2] * h / height;
          int bottom = Math.ceilDiv((i[2] + 1) * h, height);
          int left = i[3] * w / width;
          int right = Math.ceilDiv((i[3] + 1) * w, width);
          return sum(x, i[0], i[1], top, bottom, left, right) / ((bottom - top) * (right - left));
        });
  }

  static Tensor globalAverage(Tensor x) {
    Shapes.requireRank("globalAvgPool2d", "[N, C, H, W]", 4, x.dims());
    return Ops.mean(x, 2, 3);
  }

  private static Tensor windows(
      String what, Tensor x, int[] size, int[] stride, int[] padding, Summary summary) {
    Shapes.requireRank(what, "[N, C, H, W]", 4, x.dims());
    EagerConvolution.requireAtLeast(what, "size", 1, size);
    EagerConvolution.requireAtLeast(what, "stride", 1, stride);
    EagerConvolution.requireAtLeast(what, "padding", 0, padding);
    int[] shape = x.shape();
    for (int d = 0; d < 2; d++) {
      if (padding[d] > size[d] / 2) {
        throw new IllegalArgumentException(
            what
                + " expects a padding of at most half the size "
                + size[d]
                + ", but "
                + padding[d]
                + " came");
      }
      shape[2 + d] =
          EagerConvolution.outSize(what, x.size(2 + d), 2 * padding[d], size[d], 1, stride[d]);
    }
    return Tensor.build(
        shape,
        i -> {
          int top = i[2] * stride[0] - padding[0];
          int left = i[3] * stride[1] - padding[1];
          return summary.of(
              i[0],
              i[1],
              Math.max(top, 0),
              Math.min(top + size[0], x.size(2)),
              Math.max(left, 0),
              Math.min(left + size[1], x.size(3)));
        });
  }

  private static double sum(Tensor x, int n, int c, int top, int bottom, int left, int right) {
    double sum = 0;
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        sum += element(x, n, c, row, column);
      }
    }
    return sum;
  }

  private static double element(Tensor x, int n, int c, int row, int column) {
    int[] shape = x.dims();
    return x.data()[((n * shape[1] + c) * shape[2] + row) * shape[3] + column];
  }
}
