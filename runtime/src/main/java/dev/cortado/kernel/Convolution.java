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
 * channels on; a result of few channels is best had with channels first. The two layouts of a
 * geometry need not be the same.
 */
public final class Convolution {
  /** Multiply-adds that a thread should get at least, some microseconds' worth. */
  private static final long WORTH_THREADS = 300_000;

  /** More threads than this do not help one gradient of weights. */
  private static final int MOST_CHUNKS = 8;

  /** Floats of all chunks' sums together, unless two chunks already take more. */
  private static final int MOST_FLOATS = 1 << 20;

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
    } else if (Winograd.pays(s)) {
      WinogradForward.run(
          s, batch, x, xOffset, w, wOffset, bias, biasOffset, activation, y, yOffset);
    } else if (VectorForward.pays(s)) {
      VectorForward.run(s, batch, x, xOffset, w, wOffset, bias, biasOffset, activation, y, yOffset);
    } else {
      ChannelsLastForward.run(
          s, batch, x, xOffset, w, wOffset, bias, biasOffset, activation, y, yOffset);
    }
  }

  /**
   * The largest of each two by two side by side of {@code activation(conv(x, w) + bias)}, which is
   * not stored itself; a last odd row or column counts for nothing.
   *
   * @param bias a number for each output channel, or null
   * @param y {@code [batch, outChannels, outHeight / 2, outWidth / 2]} in the output's layout
   */
  public static void forwardPooled(
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
    forwardPooled(
        s, batch, x, xOffset, w, wOffset, bias, biasOffset, activation, y, yOffset, null, 0);
  }

  /**
   * The same, and which of the four is the largest, for {@link MaxPooling#spread}.
   *
   * @param winners a number for each of {@code y}, or null
   */
  public static void forwardPooled(
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
      int yOffset,
      float @Nullable [] winners,
      int winnersOffset) {
    if (Kernels.VECTOR && Winograd.pools(s)) {
      WinogradForward.pooled(
          s,
          batch,
          x,
          xOffset,
          w,
          wOffset,
          bias,
          biasOffset,
          activation,
          y,
          yOffset,
          winners,
          winnersOffset);
    } else if (Kernels.VECTOR && !Winograd.pays(s) && ChannelsLastForward.pools(s)) {
      ChannelsLastForward.pooled(
          s,
          batch,
          x,
          xOffset,
          w,
          wOffset,
          bias,
          biasOffset,
          activation,
          y,
          yOffset,
          winners,
          winnersOffset);
    } else if (Kernels.VECTOR && VectorForward.pays(s)) {
      VectorForward.pooled(
          s,
          batch,
          x,
          xOffset,
          w,
          wOffset,
          bias,
          biasOffset,
          activation,
          y,
          yOffset,
          winners,
          winnersOffset);
    } else {
      PooledForward.run(
          s,
          batch,
          x,
          xOffset,
          w,
          wOffset,
          bias,
          biasOffset,
          activation,
          y,
          yOffset,
          winners,
          winnersOffset);
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
    } else if (Winograd.pays(s)) {
      WinogradForward.inputGradient(s, batch, gy, gyOffset, w, wOffset, gx, gxOffset);
    } else if (VectorInputGradient.pays(s)) {
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
      PlainWeightGradient.run(s, batch, x, xOffset, gy, gyOffset, gw, gwOffset);
    } else if (Winograd.pays(s)) {
      WinogradWeightGradient.run(s, batch, x, xOffset, gy, gyOffset, gw, gwOffset);
    } else if (VectorWeightGradient.pays(s)) {
      VectorWeightGradient.run(s, batch, x, xOffset, gy, gyOffset, gw, gwOffset);
    } else {
      ChannelsLastWeightGradient.run(s, batch, x, xOffset, gy, gyOffset, gw, gwOffset);
    }
  }

  /**
   * Whether pixels in the lanes of vectors beat channels, where the result has its channels first.
   * Compared is what the two do for a row of pixels, in tenths of a cycle.
   *
   * @param channels channels of the result
   * @param width pixels of a row
   * @param between numbers between the rows that are computed and thrown away
   * @param taps length of the sums
   */
  static boolean pixelsPay(int channels, int width, int between, long taps) {
    int lanes = Lanes.roundUp(channels);
    long pixels = 5 * taps * channels * (width + between);
    // One vector keeps the multipliers less busy than two; and the result is transposed.
    long other = (lanes == Lanes.COUNT ? 8 : 5) * taps * lanes * width + 64L * channels * width;
    return pixels < other;
  }

  /** Parts of a batch that are summed each on its own for the weights' gradient. */
  static int chunks(int batch, int chunkSize) {
    int most = Math.clamp(MOST_FLOATS / Math.max(1, chunkSize), 2, MOST_CHUNKS);
    return Math.clamp(batch, 1, most);
  }

  /** Images whose convolution takes long enough to be worth a launch of the team. */
  static int imagesWorthAThread(ConvShape s) {
    long work = (long) s.outputSize() * s.taps();
    return (int) Math.clamp(WORTH_THREADS / Math.max(1, work), 1L, 1 << 20);
  }
}
