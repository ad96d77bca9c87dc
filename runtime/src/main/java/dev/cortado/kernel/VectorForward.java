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

  /** Whether the result is pooled on the way. */
  private boolean pools;

  private float @Nullable [] winners;
  private int winnersOffset;
  private float cutOff;

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
    job.pools = false;
    job.start(s, batch, x, xOffset, w, wOffset, bias, biasOffset, activation, y, yOffset);
  }

  /** {@link Convolution#forwardPooled} where {@link #pays} says so. */
  static void pooled(
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
    VectorForward job = LOCAL.get();
    job.pools = true;
    job.winners = winners;
    job.winnersOffset = winnersOffset;
    job.cutOff = Halving.cutOff(activation);
    job.start(s, batch, x, xOffset, w, wOffset, bias, biasOffset, activation, y, yOffset);
    job.winners = null;
  }

  private void start(
      ConvShape shape,
      int batch,
      float[] images,
      int imagesAt,
      float[] weights,
      int weightsAt,
      float @Nullable [] bias,
      int biasOffset,
      Activation activation,
      float[] result,
      int resultAt) {
    s = shape;
    x = images;
    xOffset = imagesAt;
    w = weights;
    wOffset = weightsAt;
    y = result;
    yOffset = resultAt;
    floor = activation.floor;
    startFrom(bias, biasOffset);
    Team.run(batch, Convolution.imagesWorthAThread(shape), this);
    x = w = y = NOTHING;
  }

  @Override
  public void run(int from, int to) {
    Scratch scratch = Scratch.local();
    Planes planes = scratch.planes;
    planes.forInput(s);
    int taps = s.taps();
    int[] steps = Planes.inputTaps(s);
    int m = s.groupOutChannels();
    int outWidth = pools ? s.outWidth() / 2 : s.outWidth();
    int outPlane = (pools ? s.outHeight() / 2 : s.outHeight()) * outWidth;
    int[] rows = Steps.fill(scratch.rows(m), m, taps);
    Operands o = scratch.operands;
    o.first = 0;
    o.last = taps;
    o.floor = floor;
    Correlation correlation = scratch.correlation;
    correlation.m = m;
    correlation.pitch = planes.pitch;
    correlation.result(y, outPlane, outWidth, 1);
    for (int image = from; image < to; image++) {
      for (int group = 0; group < s.groups(); group++) {
        int xAt =
            xOffset + image * s.inputSize() + group * s.groupInChannels() * s.height() * s.width();
        int place = (image * s.outChannels() + group * m) * outPlane;
        boolean inPlace = planes.readable(x, xAt);
        float[] source = inPlace ? x : planes.copy(x, xAt, scratch);
        o.left(w, wOffset + group * m * taps, rows, Steps.ones(taps));
        o.start(starts, group * m * Tiles.BROAD, Steps.broad(m));
        o.bSteps = steps;
        correlate(correlation, source, inPlace ? xAt : 0, place);
      }
    }
    correlation.clear();
  }

  private void correlate(Correlation correlation, float[] source, int sourceAt, int place) {
    if (pools) {
      correlation.runPooled(
          s.outHeight(),
          s.outWidth(),
          source,
          sourceAt,
          yOffset + place,
          cutOff,
          winners,
          winnersOffset + place);
    } else {
      correlation.run(s.outHeight(), s.outWidth(), source, sourceAt, yOffset + place);
    }
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
}
