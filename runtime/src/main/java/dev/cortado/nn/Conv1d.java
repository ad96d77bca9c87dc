package dev.cortado.nn;

import static dev.cortado.Ops.conv1d;
import static dev.cortado.Ops.uniform;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Param;
import dev.cortado.annotation.Shape;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A convolution over sequences.
 *
 * <p>Shapes: {@code [N, in, L] → [N, out, (L + 2 padding - dilation (kernel - 1) - 1) / stride +
 * 1]}; {@code weight [out, in / groups, kernel]}, {@code bias [out]}, both starting uniform within
 * {@code ±1/√(in / groups * kernel)}.
 */
@Layer
public final class Conv1d implements UnaryOperator<Tensor> {
  private final int outChannels;
  private int inChannels;
  private int kernel;
  private int stride = 1;
  private int padding;
  private boolean same;
  private int dilation = 1;
  private int groups = 1;
  private boolean hasBias = true;
  @Param private @Nullable Tensor weight;
  @Param private @Nullable Tensor bias;

  /**
   * In-channels come from the tensor the layer is first applied to; the {@link #kernel} must be
   * set.
   */
  public Conv1d(int outChannels) {
    if (outChannels < 1) {
      throw new IllegalArgumentException(
          "Conv1d expects at least 1 out-channel, but " + outChannels + " came");
    }
    this.outChannels = outChannels;
  }

  public Conv1d(int inChannels, int outChannels, int kernel) {
    this(outChannels);
    this.kernel = kernel;
    build(inChannels);
  }

  /** Number of steps the kernel spans. */
  public Conv1d kernel(int size) {
    kernel = size;
    return rebuilt();
  }

  /** Steps between two places of the kernel; 1 by default. */
  public Conv1d stride(int steps) {
    stride = steps;
    return this;
  }

  /** Zeros added at each end; none by default. */
  public Conv1d padding(int count) {
    padding = count;
    same = false;
    return this;
  }

  /**
   * As many zeros as keep the length; of an odd number, one more goes to the end. Needs stride 1.
   */
  public Conv1d same() {
    same = true;
    return this;
  }

  /** Distance between two steps that the kernel reads; 1 by default. */
  public Conv1d dilation(int steps) {
    dilation = steps;
    return this;
  }

  /** Number of groups of channels that do not see each other; 1 by default. */
  public Conv1d groups(int count) {
    groups = count;
    return rebuilt();
  }

  /** Whether a bias is added; it is unless this says no. */
  public Conv1d bias(boolean wanted) {
    hasBias = wanted;
    return rebuilt();
  }

  @Override
  public Tensor apply(@Shape("N, inChannels, L") Tensor x) {
    Tensor w = weight == null ? build(x.size(1)) : weight;
    return conv1d(x, w, bias, stride, paddings(), dilation, groups);
  }

  private int[] paddings() {
    if (!same) {
      return new int[] {padding, padding};
    }
    if (stride != 1) {
      throw new IllegalArgumentException(
          "Conv1d: same() expects stride 1, but " + stride + " came; use padding(…) instead");
    }
    int total = dilation * (kernel - 1);
    return new int[] {total / 2, total - total / 2};
  }

  private Conv1d rebuilt() {
    if (weight != null) {
      build(inChannels);
    }
    return this;
  }

  private Tensor build(int in) {
    if (in < 1) {
      throw new IllegalArgumentException(
          "Conv1d expects at least 1 in-channel, but " + in + " came");
    }
    if (kernel < 1) {
      throw new IllegalArgumentException(
          "Conv1d(" + outChannels + ") has no kernel size; add .kernel(3)");
    }
    if (groups < 1 || in % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "Conv1d expects groups that divide "
              + in
              + " in-channels and "
              + outChannels
              + " out-channels, but "
              + groups
              + " came");
    }
    inChannels = in;
    double bound = 1 / Math.sqrt(in / groups * kernel);
    Tensor w = uniform(-bound, bound, outChannels, in / groups, kernel);
    weight = w;
    bias = hasBias ? uniform(-bound, bound, outChannels) : null;
    return w;
  }
}
