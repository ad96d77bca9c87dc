package dev.cortado.nn;

import static dev.cortado.Ops.conv2d;
import static dev.cortado.Ops.uniform;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Param;
import dev.cortado.annotation.Shape;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A convolution over images.
 *
 * <p>Shapes: {@code [N, in, H, W] → [N, out, OH, OW]}, {@code OH = (H + 2 padding - dilation
 * (kernel - 1) - 1) / stride + 1} rounded down; {@code weight [out, in / groups, kh, kw]}, {@code
 * bias [out]}, both starting uniform within {@code ±1/√(in / groups * kh * kw)}.
 */
@Layer
public final class Conv2d implements UnaryOperator<Tensor> {
  private final int outChannels;
  private int inChannels;
  private int kernelHeight;
  private int kernelWidth;
  private int strideHeight = 1;
  private int strideWidth = 1;
  private int paddingHeight;
  private int paddingWidth;
  private boolean same;
  private int dilationHeight = 1;
  private int dilationWidth = 1;
  private int groups = 1;
  private boolean hasBias = true;
  @Param private @Nullable Tensor weight;
  @Param private @Nullable Tensor bias;

  /**
   * In-channels come from the tensor the layer is first applied to; the {@link #kernel} must be
   * set.
   */
  public Conv2d(int outChannels) {
    if (outChannels < 1) {
      throw new IllegalArgumentException(
          "Conv2d expects at least 1 out-channel, but " + outChannels + " came");
    }
    this.outChannels = outChannels;
  }

  /** With a square kernel. */
  public Conv2d(int inChannels, int outChannels, int kernel) {
    this(inChannels, outChannels, kernel, kernel);
  }

  public Conv2d(int inChannels, int outChannels, int kernelHeight, int kernelWidth) {
    this(outChannels);
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
    build(inChannels);
  }

  public Conv2d kernel(int size) {
    return kernel(size, size);
  }

  public Conv2d kernel(int height, int width) {
    kernelHeight = height;
    kernelWidth = width;
    return rebuilt();
  }

  public Conv2d stride(int steps) {
    return stride(steps, steps);
  }

  /** Rows and columns between two places of the kernel; 1 by default. */
  public Conv2d stride(int vertical, int horizontal) {
    strideHeight = vertical;
    strideWidth = horizontal;
    return this;
  }

  public Conv2d padding(int count) {
    return padding(count, count);
  }

  /** Rows of zeros at top and bottom, and columns at left and right; none by default. */
  public Conv2d padding(int vertical, int horizontal) {
    paddingHeight = vertical;
    paddingWidth = horizontal;
    same = false;
    return this;
  }

  /**
   * As many zeros as keep height and width; of an odd number, one more at bottom or right. Stride
   * 1.
   */
  public Conv2d same() {
    same = true;
    return this;
  }

  public Conv2d dilation(int steps) {
    return dilation(steps, steps);
  }

  /** Distance between two rows or columns that the kernel reads; 1 by default. */
  public Conv2d dilation(int vertical, int horizontal) {
    dilationHeight = vertical;
    dilationWidth = horizontal;
    return this;
  }

  /** Groups of channels that do not see each other; as many as in-channels is depthwise. */
  public Conv2d groups(int count) {
    groups = count;
    return rebuilt();
  }

  /** Whether a bias is added; it is unless this says no. */
  public Conv2d bias(boolean wanted) {
    hasBias = wanted;
    return rebuilt();
  }

  @Override
  public Tensor apply(@Shape("N, inChannels, H, W") Tensor x) {
    Tensor w = weight == null ? build(x.size(1)) : weight;
    int[] stride = {strideHeight, strideWidth};
    int[] dilation = {dilationHeight, dilationWidth};
    return conv2d(x, w, bias, stride, paddings(), dilation, groups);
  }

  private int[] paddings() {
    if (!same) {
      return new int[] {paddingHeight, paddingWidth};
    }
    if (strideHeight != 1 || strideWidth != 1) {
      throw new IllegalArgumentException(
          "Conv2d: same() expects stride 1, but "
              + strideHeight
              + ", "
              + strideWidth
              + " came; use padding(…) instead");
    }
    int rows = dilationHeight * (kernelHeight - 1);
    int columns = dilationWidth * (kernelWidth - 1);
    return new int[] {rows / 2, rows - rows / 2, columns / 2, columns - columns / 2};
  }

  private Conv2d rebuilt() {
    if (weight != null) {
      build(inChannels);
    }
    return this;
  }

  private Tensor build(int in) {
    if (in < 1) {
      throw new IllegalArgumentException(
          "Conv2d expects at least 1 in-channel, but " + in + " came");
    }
    if (kernelHeight < 1 || kernelWidth < 1) {
      throw new IllegalArgumentException(
          "Conv2d(" + outChannels + ") has no kernel size; add .kernel(3)");
    }
    if (groups < 1 || in % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "Conv2d expects groups that divide "
              + in
              + " in-channels and "
              + outChannels
              + " out-channels, but "
              + groups
              + " came");
    }
    inChannels = in;
    double bound = 1 / Math.sqrt(in / groups * kernelHeight * kernelWidth);
    Tensor w = uniform(-bound, bound, outChannels, in / groups, kernelHeight, kernelWidth);
    weight = w;
    bias = hasBias ? uniform(-bound, bound, outChannels) : null;
    return w;
  }
}
