package dev.cortado.kernel;

/**
 * The gradient of a convolution's input with pixels in the lanes of the vectors: for each residue
 * of row and column modulo the stride, the output's gradient correlated with the taps that reach
 * such pixels. The result has its channels first.
 */
final class VectorInputGradient implements RangeTask {
  private static final ThreadLocal<VectorInputGradient> LOCAL =
      ThreadLocal.withInitial(VectorInputGradient::new);
  private static final float[] NOTHING = {};

  private ConvShape s = new ConvShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);
  private float[] gy = NOTHING;
  private int gyOffset;
  private float[] gx = NOTHING;
  private int gxOffset;

  /**
   * The weights as {@code [group, residue, in, out and tap]}; kept for the next call to write over.
   */
  private float[] weights = NOTHING;

  private VectorInputGradient() {}

  /** Whether this beats channels in the lanes. */
  static boolean pays(ConvShape s) {
    int width = Math.ceilDiv(s.width(), s.strideW());
    int between = (s.kernelW() - 1) * s.dilationW() / s.strideW();
    long taps = (long) s.groupOutChannels() * s.kernelH() * s.kernelW();
    return s.input() == Layout.CHANNELS_FIRST
        && Convolution.pixelsPay(
            s.groupInChannels(), width, between, taps / (s.strideH() * s.strideW()));
  }

  static void run(
      ConvShape s,
      int batch,
      float[] gy,
      int gyOffset,
      float[] w,
      int wOffset,
      float[] gx,
      int gxOffset) {
    VectorInputGradient job = LOCAL.get();
    job.s = s;
    job.gy = gy;
    job.gyOffset = gyOffset;
    job.gx = gx;
    job.gxOffset = gxOffset;
    job.arrange(w, wOffset);
    Team.run(batch, Convolution.imagesWorthAThread(s), job);
    job.gy = job.gx = NOTHING;
  }

  private void arrange(float[] w, int wOffset) {
    if (weights.length < s.weightSize()) {
      weights = new float[s.weightSize()];
    }
    int at = 0;
    for (int group = 0; group < s.groups(); group++) {
      int groupAt = wOffset + group * s.groupOutChannels() * s.taps();
      for (int y = 0; y < s.strideH(); y++) {
        for (int x = 0; x < s.strideW(); x++) {
          for (int in = 0; in < s.groupInChannels(); in++) {
            at = arrangeRow(w, groupAt, y, x, in, at);
          }
        }
      }
    }
  }

  private int arrangeRow(float[] w, int groupAt, int y, int x, int in, int start) {
    int at = start;
    int kernel = s.kernelH() * s.kernelW();
    for (int out = 0; out < s.groupOutChannels(); out++) {
      int from = groupAt + out * s.taps() + in * kernel;
      for (int row = 0; row < s.kernelH(); row++) {
        for (int column = 0; column < s.kernelW(); column++) {
          if (reachesRow(y, row) && reachesColumn(x, column)) {
            weights[at++] = w[from + row * s.kernelW() + column];
          }
        }
      }
    }
    return at;
  }

  private boolean reachesRow(int y, int row) {
    return Math.floorMod(y + s.padTop() - row * s.dilationH(), s.strideH()) == 0;
  }

  private boolean reachesColumn(int x, int column) {
    return Math.floorMod(x + s.padLeft() - column * s.dilationW(), s.strideW()) == 0;
  }

  @Override
  public void run(int from, int to) {
    Scratch scratch = Scratch.local();
    Planes planes = scratch.planes;
    int firstRow = Math.floorDiv(s.padTop() - (s.kernelH() - 1) * s.dilationH(), s.strideH());
    int firstColumn = Math.floorDiv(s.padLeft() - (s.kernelW() - 1) * s.dilationW(), s.strideW());
    int lastRow = Math.floorDiv(s.strideH() - 1 + s.padTop(), s.strideH());
    int lastColumn = Math.floorDiv(s.strideW() - 1 + s.padLeft(), s.strideW());
    planes.forOutput(
        s,
        firstRow,
        firstColumn,
        Math.ceilDiv(s.height(), s.strideH()) + lastRow - firstRow,
        Math.ceilDiv(s.width(), s.strideW()) + lastColumn - firstColumn);
    int[] steps = scratch.steps(s.groupOutChannels() * s.kernelH() * s.kernelW());
    int[] ends = scratch.sumRows(s.strideH() * s.strideW());
    steps(planes, steps, ends);
    for (int image = from; image < to; image++) {
      int weightsAt = 0;
      int imageAt = gyOffset + image * s.outputSize();
      float[] images = gy;
      if (s.output() == Layout.CHANNELS_LAST) {
        images = scratch.left(s.outputSize() + Lanes.COUNT);
        int count = s.outHeight() * s.outWidth();
        Transpose.run(gy, imageAt, s.outChannels(), count, s.outChannels(), images, 0, count);
        imageAt = 0;
      }
      for (int group = 0; group < s.groups(); group++) {
        int gyAt = imageAt + group * s.groupOutChannels() * s.outHeight() * s.outWidth();
        int gxAt =
            gxOffset + image * s.inputSize() + group * s.groupInChannels() * s.height() * s.width();
        boolean inPlace = planes.readable(images, gyAt);
        float[] source = inPlace ? images : planes.copy(images, gyAt, scratch);
        weightsAt = group(scratch, source, inPlace ? gyAt : 0, weightsAt, gxAt, steps, ends);
      }
    }
    scratch.correlation.clear();
  }

  /** All residues of one group of channels of one image; returns the end of the group's weights. */
  private int group(
      Scratch scratch,
      float[] source,
      int sourceAt,
      int weightsStart,
      int gxAt,
      int[] steps,
      int[] ends) {
    int weightsAt = weightsStart;
    int m = s.groupInChannels();
    int[] rows = scratch.rows(m);
    Operands o = scratch.operands;
    o.last = 0;
    o.floor = Float.NEGATIVE_INFINITY;
    o.start(scratch.zeros(), 0, Steps.zeros(m));
    Correlation correlation = scratch.correlation;
    correlation.m = m;
    correlation.pitch = scratch.planes.pitch;
    correlation.result(gx, s.height() * s.width(), s.strideH() * s.width(), s.strideW());
    for (int y = 0; y < s.strideH(); y++) {
      for (int x = 0; x < s.strideW(); x++) {
        o.first = o.last;
        o.last = ends[y * s.strideW() + x];
        int taps = o.last - o.first;
        if (y < s.height() && x < s.width()) {
          int at = weightsAt - o.first;
          o.left(weights, at, Steps.fill(rows, m, taps), Steps.ones(o.last));
          o.bSteps = steps;
          correlation.run(
              Math.ceilDiv(s.height() - y, s.strideH()),
              Math.ceilDiv(s.width() - x, s.strideW()),
              source,
              sourceAt,
              gxAt + y * s.width() + x);
        }
        weightsAt += m * taps;
      }
    }
    return weightsAt;
  }

  /** What each tap reads for its pixel 0, residue by residue, and where each residue's end. */
  private void steps(Planes planes, int[] steps, int[] ends) {
    int count = 0;
    for (int y = 0; y < s.strideH(); y++) {
      for (int x = 0; x < s.strideW(); x++) {
        count = steps(planes, y, x, steps, count);
        ends[y * s.strideW() + x] = count;
      }
    }
  }

  private int steps(Planes planes, int y, int x, int[] steps, int start) {
    int firstRow = Math.floorDiv(s.padTop() - (s.kernelH() - 1) * s.dilationH(), s.strideH());
    int firstColumn = Math.floorDiv(s.padLeft() - (s.kernelW() - 1) * s.dilationW(), s.strideW());
    int count = start;
    for (int out = 0; out < s.groupOutChannels(); out++) {
      for (int row = 0; row < s.kernelH(); row++) {
        for (int column = 0; column < s.kernelW(); column++) {
          if (reachesRow(y, row) && reachesColumn(x, column)) {
            int dy = (y + s.padTop() - row * s.dilationH()) / s.strideH();
            int dx = (x + s.padLeft() - column * s.dilationW()) / s.strideW();
            steps[count++] = planes.tap(out, dy - firstRow, dx - firstColumn);
          }
        }
      }
    }
    return count;
  }
}
