package dev.cortado.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution with output channels in the lanes of the vectors: for each image a product of
 * {@code [pixels, taps]}, read where they stand, and {@code [taps, outChannels]}. The object is
 * what the threads of the team share.
 */
final class ChannelsLastForward implements RangeTask {
  private static final ThreadLocal<ChannelsLastForward> LOCAL =
      ThreadLocal.withInitial(ChannelsLastForward::new);
  private static final float[] NOTHING = {};

  /** Pixels of the result that are pooled together. */
  private static final int POOLED_PIXELS = 144;

  private ConvShape s = new ConvShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);
  private PixelTables tables = PixelTables.of(s);
  private float[] x = NOTHING;
  private int xOffset;
  private float[] y = NOTHING;
  private int yOffset;
  private float floor;

  /** Whether the result is pooled on the way. */
  private boolean pools;

  private float @Nullable [] winners;
  private int winnersOffset;
  private float cutOff;

  /** The weights as {@code [group, panel, tap, out]}. */
  private float[] weights = NOTHING;

  /** The bias as {@code [group, out]}, each group filled up to whole vectors. */
  private float[] starts = NOTHING;

  private ChannelsLastForward() {}

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
    ChannelsLastForward job = LOCAL.get();
    job.pools = false;
    job.start(s, batch, x, xOffset, w, wOffset, bias, biasOffset, activation, y, yOffset);
  }

  /** Whether this class has a way to {@link Convolution#forwardPooled} for a geometry. */
  static boolean pools(ConvShape s) {
    return s.output() == Layout.CHANNELS_LAST && s.groups() == 1;
  }

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
    ChannelsLastForward job = LOCAL.get();
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
      float[] w,
      int wOffset,
      float @Nullable [] bias,
      int biasOffset,
      Activation activation,
      float[] result,
      int resultAt) {
    s = shape;
    tables = PixelTables.of(shape);
    x = images;
    xOffset = imagesAt;
    y = result;
    yOffset = resultAt;
    floor = activation.floor;
    pack(w, wOffset);
    startFrom(bias, biasOffset);
    Team.run(batch, Convolution.imagesWorthAThread(shape), this);
    x = y = NOTHING;
  }

  private void pack(float[] w, int wOffset) {
    int outs = s.groupOutChannels();
    int taps = s.taps();
    int group = Lanes.roundUp(outs) * taps;
    if (weights.length < s.groups() * group) {
      weights = new float[s.groups() * group];
    }
    for (int g = 0; g < s.groups(); g++) {
      for (int out = 0; out < outs; out += Tiles.PANEL) {
        int columns = Math.min(Tiles.PANEL, outs - out);
        int from = wOffset + (g * outs + out) * taps;
        int to = g * group + out * taps;
        Transpose.run(w, from, taps, columns, taps, weights, to, Lanes.roundUp(columns));
      }
    }
  }

  private void startFrom(float @Nullable [] bias, int biasOffset) {
    int outs = s.groupOutChannels();
    int width = Lanes.roundUp(outs);
    if (starts.length < s.groups() * width) {
      starts = new float[s.groups() * width];
    }
    if (bias == null) {
      Arrays.fill(starts, 0, s.groups() * width, 0f);
      return;
    }
    for (int g = 0; g < s.groups(); g++) {
      System.arraycopy(bias, biasOffset + g * outs, starts, g * width, outs);
    }
  }

  @Override
  public void run(int from, int to) {
    Scratch scratch = Scratch.local();
    PaddedImage input = tables.input;
    float[] copy = input.inPlace() ? x : scratch.zeroedRight(input.size());
    for (int image = from; image < to; image++) {
      int at = xOffset + image * s.inputSize();
      if (!input.inPlace()) {
        input.copy(x, at, copy);
      }
      if (pools) {
        pooled(scratch, copy, input.inPlace() ? at : 0, image);
        continue;
      }
      for (int group = 0; group < s.groups(); group++) {
        int first = group * s.groupInChannels() * input.channelStep();
        group(scratch, copy, (input.inPlace() ? at : 0) + first, image, group);
      }
    }
    scratch.operands.clear();
  }

  private void group(Scratch scratch, float[] source, int sourceAt, int image, int group) {
    int outs = s.groupOutChannels();
    int width = Lanes.roundUp(outs);
    int count = tables.pixels.length;
    boolean last = s.output() == Layout.CHANNELS_LAST;
    float[] result = last ? y : scratch.result(count * width);
    int resultAt = last ? yOffset + image * s.outputSize() + group * outs : 0;
    Operands o = scratch.operands;
    o.first = 0;
    o.last = s.taps();
    o.floor = floor;
    for (int out = 0; out < outs; out += Tiles.PANEL) {
      int columns = Math.min(Tiles.PANEL, outs - out);
      int weightsAt = (group * width + out) * s.taps();
      o.right(weights, weightsAt, Steps.packed(columns, s.taps()));
      int rows = pixels(o, source, sourceAt, result, resultAt + out, columns);
      o.start(starts, group * width + out, Steps.zeros(rows));
      Tiles.panel(o, 0, rows, last ? columns : Lanes.roundUp(columns));
    }
    if (!last) {
      int to = yOffset + image * s.outputSize() + group * outs * count;
      Transpose.run(result, 0, width, count, outs, y, to, count);
    }
  }

  /** Makes the pixels the rows of the product, in runs if that pays, and returns how many. */
  private int pixels(
      Operands o, float[] source, int sourceAt, float[] result, int resultAt, int columns) {
    PixelTables.Runs runs = tables.runs;
    if (runs == null || columns > Lanes.COUNT) {
      o.left(source, sourceAt, tables.pixels, tables.taps);
      o.result(result, resultAt, tables.results);
      return tables.pixels.length;
    }
    o.leftInRuns(source, sourceAt, runs.pixels(), tables.taps, runs.length());
    o.result(result, resultAt, runs.results());
    return runs.pixels().length;
  }

  /** Some rows of an image's result at a time, which are pooled while they are in the cache. */
  private void pooled(Scratch scratch, float[] source, int sourceAt, int image) {
    int outs = s.outChannels();
    int width = s.outWidth();
    int pooledRow = width / 2 * outs;
    int together = Math.max(1, POOLED_PIXELS / Math.max(1, 2 * width));
    float[] result = scratch.result(2 * together * width * outs);
    Operands o = scratch.operands;
    o.first = 0;
    o.last = s.taps();
    o.floor = floor;
    int rows = s.outHeight() / 2;
    for (int row = 0; row < rows; row += together) {
      int count = Math.min(together, rows - row);
      for (int out = 0; out < outs; out += Tiles.PANEL) {
        int columns = Math.min(Tiles.PANEL, outs - out);
        o.right(weights, out * s.taps(), Steps.packed(columns, s.taps()));
        int resultAt = out - 2 * row * width * outs;
        int all = pixels(o, source, sourceAt, result, resultAt, columns);
        o.start(starts, out, Steps.zeros(all));
        int rowPixels = all / s.outHeight();
        Tiles.panel(o, 2 * row * rowPixels, 2 * (row + count) * rowPixels, columns);
      }
      int place = (image * rows + row) * pooledRow;
      if (winners == null) {
        Halving.largest(result, 0, count, width, outs, y, yOffset + place);
      } else {
        Halving.winners(
            result,
            0,
            count,
            width,
            outs,
            cutOff,
            y,
            yOffset + place,
            winners,
            winnersOffset + place);
      }
    }
  }
}
