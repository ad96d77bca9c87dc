package dev.cortado.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution with pixels in the lanes of the vectors; the object is what the threads of the team
 * share of it.
 */
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
  private float floor;

  /** The bias of each channel, in all lanes of a broad panel. */
  private float[] starts = NOTHING;

  private VectorForward() {}

  /** Whether this beats channels in the lanes. */
  static boolean pays(ConvShape s) {
    int between = (s.kernelW() - 1) * s.dilationW() / s.strideW();
    return s.channelsFirst()
        && Convolution.pixelsPay(s.groupOutChannels(), s.outWidth(), between, s.taps());
  }

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
      int yOffset) {
    VectorForward job = LOCAL.get();
    job.s = s;
    job.x = x;
    job.xOffset = xOffset;
    job.w = w;
    job.wOffset = wOffset;
    job.y = y;
    job.yOffset = yOffset;
    job.floor = activation.floor;
    job.startFrom(bias, biasOffset);
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
    int outPlane = s.outHeight() * s.outWidth();
    int[] rows = Steps.fill(scratch.rows(m), m, taps);
    int[] steps = scratch.steps(taps);
    steps(s, planes, steps);
    Operands o = scratch.operands;
    o.first = 0;
    o.last = taps;
    o.floor = floor;
    Correlation correlation = scratch.correlation;
    correlation.m = m;
    correlation.pitch = planes.pitch;
    correlation.result(y, outPlane, s.outWidth(), 1);
    for (int image = from; image < to; image++) {
      for (int group = 0; group < s.groups(); group++) {
        int xAt =
            xOffset + image * s.inputSize() + group * s.groupInChannels() * s.height() * s.width();
        int yAt = yOffset + image * s.outputSize() + group * m * outPlane;
        boolean inPlace = planes.readable(x, xAt);
        float[] source = inPlace ? x : planes.copy(x, xAt, scratch);
        o.left(w, wOffset + group * m * taps, rows, Steps.ones(taps));
        o.start(starts, group * m * Tiles.BROAD, Steps.broad(m));
        o.bSteps = steps;
        correlation.run(s.outHeight(), s.outWidth(), source, inPlace ? xAt : 0, yAt);
      }
    }
    correlation.clear();
  }

  private void startFrom(float @Nullable [] bias, int biasOffset) {
    int size = s.outChannels() * Tiles.BROAD;
    if (starts.length < size) {
      starts = new float[size];
    }
    for (int channel = 0; channel < s.outChannels(); channel++) {
      int at = channel * Tiles.BROAD;
      Arrays.fill(starts, at, at + Tiles.BROAD, bias == null ? 0 : bias[biasOffset + channel]);
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
