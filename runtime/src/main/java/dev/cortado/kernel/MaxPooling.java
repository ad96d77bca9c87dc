package dev.cortado.kernel;

/**
 * Max-pooling and its gradient. Images lie one after the other from an offset in a {@code float[]},
 * in the layout that the shape says; a result overwrites its range and must not overlap operands.
 */
public final class MaxPooling implements RangeTask {
  /** Floats read that are worth a thread, some ten microseconds' worth. */
  private static final int WORTH_A_THREAD = 40_000;

  private static final ThreadLocal<MaxPooling> LOCAL = ThreadLocal.withInitial(MaxPooling::new);
  private static final float[] NOTHING = {};

  private PoolShape s = new PoolShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, Layout.CHANNELS_FIRST);
  private float[] x = NOTHING;
  private int xOffset;
  private float[] y = NOTHING;
  private int yOffset;
  private float[] gx = NOTHING;
  private int gxOffset;
  private boolean gradient;

  private MaxPooling() {}

  /** {@code y}: the largest element of each window of {@code x}. */
  public static void forward(
      PoolShape s, int batch, float[] x, int xOffset, float[] y, int yOffset) {
    run(s, batch, x, xOffset, y, yOffset, NOTHING, 0, false);
  }

  /** {@code gx}: the sum of the elements of {@code gy} whose window has its first largest there. */
  public static void gradient(
      PoolShape s,
      int batch,
      float[] x,
      int xOffset,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    run(s, batch, x, xOffset, gy, gyOffset, gx, gxOffset, true);
  }

  private static void run(
      PoolShape s,
      int batch,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      float[] gx,
      int gxOffset,
      boolean gradient) {
    MaxPooling job = LOCAL.get();
    job.s = s;
    job.x = x;
    job.xOffset = xOffset;
    job.y = y;
    job.yOffset = yOffset;
    job.gx = gx;
    job.gxOffset = gxOffset;
    job.gradient = gradient;
    Team.run(batch, Math.clamp(WORTH_A_THREAD / Math.max(1, s.inputSize()), 1, batch + 1), job);
    job.x = job.y = job.gx = NOTHING;
  }

  @Override
  public void run(int from, int to) {
    for (int image = from; image < to; image++) {
      int xAt = xOffset + image * s.inputSize();
      int yAt = yOffset + image * s.outputSize();
      if (gradient) {
        gradient(xAt, yAt, gxOffset + image * s.inputSize());
      } else {
        forward(xAt, yAt);
      }
    }
  }

  private void forward(int xAt, int yAt) {
    if (!Kernels.VECTOR) {
      PlainPooling.forward(s, x, xAt, y, yAt);
    } else if (s.layout() == Layout.CHANNELS_LAST) {
      VectorPooling.forward(s, x, xAt, y, yAt);
    } else if (s.isHalving()) {
      VectorPooling.halve(s, x, xAt, y, yAt);
    } else {
      PlainPooling.forward(s, x, xAt, y, yAt);
    }
  }

  private void gradient(int xAt, int yAt, int gxAt) {
    if (!Kernels.VECTOR) {
      PlainPooling.gradient(s, x, xAt, y, yAt, gx, gxAt);
    } else if (s.layout() == Layout.CHANNELS_LAST && s.isHalving()) {
      VectorPooling.doubleLast(s, x, xAt, y, yAt, gx, gxAt);
    } else if (s.layout() == Layout.CHANNELS_FIRST && s.isHalving()) {
      VectorPooling.doubleFirst(s, x, xAt, y, yAt, gx, gxAt);
    } else {
      PlainPooling.gradient(s, x, xAt, y, yAt, gx, gxAt);
    }
  }
}
