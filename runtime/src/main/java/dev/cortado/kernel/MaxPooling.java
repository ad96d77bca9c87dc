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
  private Direction direction = Direction.FORWARD;

  private enum Direction {
    FORWARD,
    GRADIENT,
    SPREAD
  }

  private MaxPooling() {}

  /** {@code y}: the largest element of each window of {@code x}. */
  public static void forward(
      PoolShape s, int batch, float[] x, int xOffset, float[] y, int yOffset) {
    run(s, batch, x, xOffset, y, yOffset, NOTHING, 0, Direction.FORWARD);
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
    run(s, batch, x, xOffset, gy, gyOffset, gx, gxOffset, Direction.GRADIENT);
  }

  /**
   * {@code gx}: each element of {@code gy} where its window's winner is, all else 0.
   *
   * @param s windows of two by two side by side
   * @param winners what {@link Convolution#forwardPooled} wrote
   */
  public static void spread(
      PoolShape s,
      int batch,
      float[] winners,
      int winnersOffset,
      float[] gy,
      int gyOffset,
      float[] gx,
      int gxOffset) {
    run(s, batch, winners, winnersOffset, gy, gyOffset, gx, gxOffset, Direction.SPREAD);
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
      Direction direction) {
    MaxPooling job = LOCAL.get();
    job.s = s;
    job.x = x;
    job.xOffset = xOffset;
    job.y = y;
    job.yOffset = yOffset;
    job.gx = gx;
    job.gxOffset = gxOffset;
    job.direction = direction;
    Team.run(batch, Math.clamp(WORTH_A_THREAD / Math.max(1, s.inputSize()), 1, batch + 1), job);
    job.x = job.y = job.gx = NOTHING;
  }

  @Override
  public void run(int from, int to) {
    for (int image = from; image < to; image++) {
      int xAt = xOffset + image * s.inputSize();
      int yAt = yOffset + image * s.outputSize();
      int gxAt = gxOffset + image * s.inputSize();
      switch (direction) {
        case FORWARD -> forward(xAt, yAt);
        case GRADIENT -> gradient(xAt, yAt, gxAt);
        case SPREAD -> spread(xOffset + image * s.outputSize(), yAt, gxAt);
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

  private void spread(int winnersAt, int yAt, int gxAt) {
    boolean last = s.layout() == Layout.CHANNELS_LAST;
    int planes = last ? 1 : s.channels();
    int channels = last ? s.channels() : 1;
    int plane = s.height() * s.width() * channels;
    int pooled = s.outHeight() * s.outWidth() * channels;
    for (int p = 0; p < planes; p++) {
      int from = p * pooled;
      Halving.spread(
          x,
          winnersAt + from,
          y,
          yAt + from,
          s.height(),
          s.width(),
          channels,
          gx,
          gxAt + p * plane);
    }
  }
}
