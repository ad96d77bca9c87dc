package dev.cortado.kernel;

/** One convolution on the Vector API; the object is what the threads of the team share of it. */
final class VectorForward implements RangeTask {
  private static final ThreadLocal<VectorForward> LOCAL =
      ThreadLocal.withInitial(VectorForward::new);
  private static final float[] NOTHING = {};

  private ConvShape s = new ConvShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);
  private float[] x = NOTHING;
  private int xOffset;
  private float[] w = NOTHING;
  private int wOffset;
  private float[] y = NOTHING;
  private int yOffset;

  private VectorForward() {}

  static void run(
      ConvShape s,
      int batch,
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      float[] y,
      int yOffset) {
    VectorForward job = LOCAL.get();
    job.s = s;
    job.x = x;
    job.xOffset = xOffset;
    job.w = w;
    job.wOffset = wOffset;
    job.y = y;
    job.yOffset = yOffset;
    Team.run(batch, Convolution.imagesWorthAThread(s), job);
    job.x = job.w = job.y = NOTHING;
  }

  @Override
  public void run(int from, int to) {
    Scratch scratch = Scratch.local();
    Planes planes = scratch.planes;
    planes.forInput(s);
    int taps = s.taps();
    int m = s.groupOutChannels();
    int[] rows = scratch.rows(m);
    Packing.offsets(rows, m, taps);
    int[] steps = scratch.steps(taps);
    steps(s, planes, steps);
    int outPlane = s.outHeight() * s.outWidth();
    for (int image = from; image < to; image++) {
      for (int group = 0; group < s.groups(); group++) {
        int xAt =
            xOffset + image * s.inputSize() + group * s.groupInChannels() * s.height() * s.width();
        int wAt = wOffset + group * m * taps;
        int yAt = yOffset + image * s.outputSize() + group * m * outPlane;
        boolean inPlace = planes.readable(x, xAt);
        float[] source = inPlace ? x : planes.copy(x, xAt, scratch);
        Correlation.run(
            m,
            taps,
            s.outHeight(),
            s.outWidth(),
            w,
            wAt,
            rows,
            source,
            inPlace ? xAt : 0,
            steps,
            planes.pitch,
            y,
            yAt,
            s.outWidth(),
            1,
            outPlane);
      }
    }
  }

  /** What each tap reads for pixel 0, in the order of the weights. */
  static void steps(ConvShape s, Planes planes, int[] steps) {
    int tap = 0;
    for (int channel = 0; channel < s.groupInChannels(); channel++) {
      for (int row = 0; row < s.kernelH(); row++) {
        for (int column = 0; column < s.kernelW(); column++) {
          steps[tap++] = planes.tap(channel, row * s.dilationH(), column * s.dilationW());
        }
      }
    }
  }
}
