package dev.cortado.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Two-dimensional convolution (in the sense of neural networks: cross-correlation) and its two
 * gradients.
 *
 * <p>Images are {@code [batch, channels, height, width]} or, where the geometry's layout says so,
 * {@code [batch, height, width, channels]}; weights are {@code [outChannels, inChannels / groups,
 * kernelH, kernelW]}. All lie row-major from an offset in a {@code float[]}. The result overwrites
 * its range and must not overlap the operands.
 *
 * <p>With channels last, channels lie in the lanes of the vectors, which is faster from some 16
 * channels on; with channels first pixels do.
 */
public final class Convolution {
  /** Multiply-adds that a thread should get at least, some microseconds' worth. */
  private static final long WORTH_THREADS = 300_000;

  private Convolution() {}

  /** {@code y = conv(x, w)}. */
  public static void forward(
      ConvShape s,
      int batch,
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      float[] y,
      int yOffset) {
    forward(s, batch, x, xOffset, w, wOffset, null, 0, Activation.NONE, y, yOffset);
  }

  /**
   * {@code y = activation(conv(x, w) + bias)}.
   *
   * @param bias a number for each output channel, or null
   */
  public static void forward(
      ConvShape s,
      int batch,
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      float @Nullable [] bias,
      int biasOffset,
      Activation activation,
      float[] y,
      int yOffset) {
    if (!Kernels.VECTOR) {
      PlainConvolution.forward(
          s, batch, x, xOffset, w, wOffset, bias, biasOffset, activation, y, yOffset);
    } else if (s.channelsFirst()) {
      VectorForward.run(s, batch, x, xOffset, w, wOffset, bias, biasOffset, activation, y, yOffset);
    } else {
      ChannelsLastForward.run(
          s, batch, x, xOffset, w, wOffset, bias, biasOffset, activation, y, yOffset);
    }
  }

  /** {@code gx}, the gradient of the images, from {@code gy}, the gradient of the output. */
  public static void inputGradient(
      ConvShape s,
      int batch,
      float[] gy,
      int gyOffset,
      float[] w,
      int wOffset,
      float[] gx,
      int gxOffset) {
    if (!Kernels.VECTOR) {
      PlainConvolution.inputGradient(s, batch, gy, gyOffset, w, wOffset, gx, gxOffset);
    } else if (s.channelsFirst()) {
      VectorInputGradient.run(s, batch, gy, gyOffset, w, wOffset, gx, gxOffset);
    } else {
      ChannelsLastInputGradient.run(s, batch, gy, gyOffset, w, wOffset, gx, gxOffset);
    }
  }

  /** {@code gw}, the gradient of the weights summed over the batch, from {@code gy}. */
  public static void weightGradient(
      ConvShape s,
      int batch,
      float[] x,
      int xOffset,
      float[] gy,
      int gyOffset,
      float[] gw,
      int gwOffset) {
    if (!Kernels.VECTOR) {
      PlainConvolution.weightGradient(s, batch, x, xOffset, gy, gyOffset, gw, gwOffset);
    } else if (s.channelsFirst()) {
      VectorWeightGradient.run(s, batch, x, xOffset, gy, gyOffset, gw, gwOffset);
    } else {
      ChannelsLastWeightGradient.run(s, batch, x, xOffset, gy, gyOffset, gw, gwOffset);
    }
  }

  /** Images whose convolution takes long enough to be worth a launch of the team. */
  static int imagesWorthAThread(ConvShape s) {
    long work = (long) s.outputSize() * s.taps();
    return (int) Math.clamp(WORTH_THREADS / Math.max(1, work), 1L, 1 << 20);
  }
}
