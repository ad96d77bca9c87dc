package dev.cortado.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A convolution and max-pooling, image by image, where there is no kernel that does both: an
 * image's whole result lies in scratch memory only.
 */
final class PooledForward implements RangeTask {
  private static final ThreadLocal<PooledForward> LOCAL =
      ThreadLocal.withInitial(PooledForward::new);
  private static final float[] NOTHING = {};

  private ConvShape s = new ConvShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);
  private float[] x = NOTHING;
  private int xOffset;
  private float[] w = NOTHING;
  private int wOffset;
  private float @Nullable [] bias;
  private int biasOffset;
  private Activation activation = Activation.NONE;
  private float[] y = NOTHING;
  private int yOffset;
  private float @Nullable [] winners;
  private int winnersOffset;

  /** The result of the image that this object's own thread is at. */
  private float[] image = NOTHING;

  private PooledForward() {}

  static void run(
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
    PooledForward job = LOCAL.get();
    job.s = s;
    job.x = x;
    job.xOffset = xOffset;
    job.w = w;
    job.wOffset = wOffset;
    job.bias = bias;
    job.biasOffset = biasOffset;
    job.activation = activation;
    job.y = y;
    job.yOffset = yOffset;
    job.winners = winners;
    job.winnersOffset = winnersOffset;
    Team.run(batch, Convolution.imagesWorthAThread(s), job);
    job.x = job.w = job.y = NOTHING;
    job.bias = job.winners = null;
  }

  private float[] image(int floats) {
    if (image.length < floats) {
      image = new float[floats];
    }
    return image;
  }

  @Override
  public void run(int from, int to) {
    float[] full = LOCAL.get().image(s.outputSize());
    boolean last = s.output() == Layout.CHANNELS_LAST;
    int planes = last ? 1 : s.outChannels();
    int channels = last ? s.outChannels() : 1;
    int plane = s.outHeight() * s.outWidth() * channels;
    int rows = s.outHeight() / 2;
    int pooled = rows * (s.outWidth() / 2) * channels;
    float cutOff = Halving.cutOff(activation);
    for (int n = from; n < to; n++) {
      int at = xOffset + n * s.inputSize();
      Convolution.forward(s, 1, x, at, w, wOffset, bias, biasOffset, activation, full, 0);
      for (int p = 0; p < planes; p++) {
        int place = (n * planes + p) * pooled;
        int source = p * plane;
        if (winners == null) {
          Halving.largest(full, source, rows, s.outWidth(), channels, y, yOffset + place);
        } else {
          Halving.winners(
              full,
              source,
              rows,
              s.outWidth(),
              channels,
              cutOff,
              y,
              yOffset + place,
              winners,
              winnersOffset + place);
        }
      }
    }
  }
}
