package dev.cortado.nn;

import static dev.cortado.Ops.convTranspose2d;
import static dev.cortado.Ops.uniform;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Param;
import dev.cortado.annotation.Shape;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A transposed convolution: what undoes the shape of a {@link Conv2d} with the same options.
 *
 * <p>Shapes: {@code [N, in, H, W] → [N, out, OH, OW]}, {@code OH = (H - 1) stride - 2 padding +
 * dilation (kernel - 1) + outputPadding + 1}; {@code weight [in, out / groups, kh, kw]}, {@code
 * bias [out]}, both starting uniform within {@code ±1/√(out / groups * kh * kw)}.
 */
@Layer
public final class ConvTranspose2d implements UnaryOperator<Tensor> {
  private final int outChannels;
  private int inChannels;
  private int kernelHeight;
  private int kernelWidth;
  private int strideHeight = 1;
  private int strideWidth = 1;
  private int paddingHeight;
  private int paddingWidth;
  private int outputPaddingHeight;
  private int outputPaddingWidth;
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
  public ConvTranspose2d(int outChannels) {
    if (outChannels < 1) {
      throw new IllegalArgumentException(
          "ConvTranspose2d expects at least 1 out-channel, but " + outChannels + " came");
    }
    this.outChannels = outChannels;
  }

  /** With a square kernel. */
  public ConvTranspose2d(int inChannels, int outChannels, int kernel) {
    this(inChannels, outChannels, kernel, kernel);
  }

  public ConvTranspose2d(int inChannels, int outChannels, int kernelHeight, int kernelWidth) {
    this(outChannels);
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
    build(inChannels);
  }

  public ConvTranspose2d kernel(int size) {
    return kernel(size, size);
  }

  public ConvTranspose2d kernel(int height, int width) {
    kernelHeight = height;
    kernelWidth = width;
    return rebuilt();
  }

  public ConvTranspose2d stride(int steps) {
    return stride(steps, steps);
  }

  /** Rows and columns between what two neighbours of the input add to; 1 by default. */
  public ConvTranspose2d stride(int vertical, int horizontal) {
    strideHeight = vertical;
    strideWidth = horizontal;
    return this;
  }

  public ConvTranspose2d padding(int count) {
    return padding(count, count);
  }

  /** Rows cut off at top and bottom, and columns at left and right; none by default. */
  public ConvTranspose2d padding(int vertical, int horizontal) {
    paddingHeight = vertical;
    paddingWidth = horizontal;
    return this;
  }

  public ConvTranspose2d outputPadding(int count) {
    return outputPadding(count, count);
  }

  /** Rows added at the bottom and columns at the right; none by default. */
  public ConvTranspose2d outputPadding(int vertical, int horizontal) {
    outputPaddingHeight = vertical;
    outputPaddingWidth = horizontal;
    return this;
  }

  public ConvTranspose2d dilation(int steps) {
    return dilation(steps, steps);
  }

  /** Distance between two rows or columns that the kernel writes; 1 by default. */
  public ConvTranspose2d dilation(int vertical, int horizontal) {
    dilationHeight = vertical;
    dilationWidth = horizontal;
    return this;
  }

  /** Number of groups of channels that do not see each other; 1 by default. */
  public ConvTranspose2d groups(int count) {
    groups = count;
    return rebuilt();
  }

  /** Whether a bias is added; it is unless this says no. */
  public ConvTranspose2d bias(boolean wanted) {
    hasBias = wanted;
    return rebuilt();
  }

  @Override
  public Tensor apply(@Shape("N, inChannels, H, W") Tensor x) {
    Tensor w = weight == null ? build(x.size(1)) : weight;
    int[] stride = {strideHeight, strideWidth};
    int[] padding = {paddingHeight, paddingWidth};
    int[] outputPadding = {outputPaddingHeight, outputPaddingWidth};
    int[] dilation = {dilationHeight, dilationWidth};
    return convTranspose2d(x, w, bias, stride, padding, outputPadding, dilation, groups);
  }

  private ConvTranspose2d rebuilt() {
    if (weight != null) {
      build(inChannels);
    }
    return this;
  }

  private Tensor build(int in) {
    if (in < 1) {
      throw new IllegalArgumentException(
          "ConvTranspose2d expects at least 1 in-channel, but " + in + " came");
    }
    if (kernelHeight < 1 || kernelWidth < 1) {
      throw new IllegalArgumentException(
          "ConvTranspose2d(" + outChannels + ") has no kernel size; add .kernel(3)");
    }
    if (groups < 1 || in % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "ConvTranspose2d expects groups that divide "
              + in
              + " in-channels and "
              + outChannels
              + " out-channels, but "
              + groups
              + " came");
    }
    inChannels = in;
    double bound = 1 / Math.sqrt(outChannels / groups * kernelHeight * kernelWidth);
    Tensor w = uniform(-bound, bound, in, outChannels / groups, kernelHeight, kernelWidth);
    weight = w;
    bias = hasBias ? uniform(-bound, bound, outChannels) : null;
    return w;
  }
}
