package dev.cortado.kernel;

import java.util.Arrays;

/**
 * The gradient of a convolution's weights with output channels in the lanes of the vectors: for
 * each image a product of {@code [taps, pixels]}, read where they stand, and {@code [pixels,
 * outChannels]}. The batch is cut into chunks whose number depends on sizes alone, each summed by
 * one thread, and the chunks' sums are added in order.
 */
final class ChannelsLastWeightGradient implements RangeTask {
  private static final ThreadLocal<ChannelsLastWeightGradient> LOCAL =
      ThreadLocal.withInitial(ChannelsLastWeightGradient::new);
  private static final float[] NOTHING = {};

  /** Pixels summed over together: a panel of the output's gradient as long stays in the cache. */
  private static final int BLOCK_PIXELS = 256;

  private ConvShape s = new ConvShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);
  private PixelTables tables = PixelTables.of(s);
  private int batch;
  private float[] x = NOTHING;
  private int xOffset;
  private float[] gy = NOTHING;
  private int gyOffset;
  private int chunks;

  /** A chunk's sums as {@code [group, tap, out]}, the last dimension filled up to whole vectors. */
  private float[] sums = NOTHING;

  private ChannelsLastWeightGradient() {}

  static void run(
      ConvShape s,
      int batch,
      float[] x,
      int xOffset,
      float[] gy,
      int gyOffset,
      float[] gw,
      int gwOffset) {
    ChannelsLastWeightGradient job = LOCAL.get();
    job.s = s;
    job.tables = PixelTables.of(s);
    job.batch = batch;
    job.x = x;
    job.xOffset = xOffset;
    job.gy = gy;
    job.gyOffset = gyOffset;
    job.chunks = Convolution.chunks(batch, job.chunkSize());
    if (job.sums.length < job.chunks * job.chunkSize()) {
      job.sums = new float[job.chunks * job.chunkSize()];
    }
    int images = Math.max(1, batch / job.chunks);
    Team.run(job.chunks, Math.ceilDiv(Convolution.imagesWorthAThread(s), images), job);
    job.total(gw, gwOffset);
    job.x = job.gy = NOTHING;
  }

  private int chunkSize() {
    return s.groups() * s.taps() * Lanes.roundUp(s.groupOutChannels());
  }

  @Override
  public void run(int from, int to) {
    Scratch scratch = Scratch.local();
    PaddedImage input = tables.input;
    float[] copy = input.inPlace() ? x : scratch.zeroedRight(input.size());
    for (int chunk = from; chunk < to; chunk++) {
      int sumsAt = chunk * chunkSize();
      Arrays.fill(sums, sumsAt, sumsAt + chunkSize(), 0f);
      int last = (int) ((long) batch * (chunk + 1) / chunks);
      for (int image = (int) ((long) batch * chunk / chunks); image < last; image++) {
        int at = xOffset + image * s.inputSize();
        if (!input.inPlace()) {
          input.copy(x, at, copy);
        }
        image(scratch, copy, input.inPlace() ? at : 0, image, sumsAt);
      }
    }
    scratch.operands.clear();
  }

  private void image(Scratch scratch, float[] source, int sourceAt, int image, int sumsAt) {
    int outs = s.groupOutChannels();
    int count = tables.pixels.length;
    int groupSize = s.taps() * Lanes.roundUp(outs);
    int gyAt = gyOffset + image * s.outputSize();
    boolean inPlace = false;
    float[] right = gy;
    if (s.output() == Layout.CHANNELS_LAST) {
      // Vectors of the last channels reach past the image.
      inPlace = gyAt + s.outputSize() + Tiles.PANEL <= gy.length || outs % Lanes.COUNT == 0;
      if (!inPlace) {
        right = scratch.left(s.outputSize() + Tiles.PANEL);
        System.arraycopy(gy, gyAt, right, 0, s.outputSize());
      }
    } else {
      right = scratch.left(count * Lanes.roundUp(outs));
    }
    for (int group = 0; group < s.groups(); group++) {
      int rightAt = (inPlace ? gyAt : 0) + group * outs;
      if (s.output() == Layout.CHANNELS_FIRST) {
        int from = gyAt + group * outs * count;
        Transpose.run(gy, from, count, outs, count, right, 0, Lanes.roundUp(outs));
        rightAt = 0;
      }
      int leftAt = sourceAt + group * s.groupInChannels() * tables.input.channelStep();
      group(scratch.operands, source, leftAt, right, rightAt, sumsAt + group * groupSize);
    }
  }

  private void group(
      Operands o, float[] source, int sourceAt, float[] right, int rightAt, int sumsAt) {
    int width = Lanes.roundUp(s.groupOutChannels());
    int count = tables.pixels.length;
    o.floor = Float.NEGATIVE_INFINITY;
    o.leftInRuns(source, sourceAt, tables.taps, tables.pixels, tables.tapRun);
    for (int pixel = 0; pixel < count; pixel += BLOCK_PIXELS) {
      o.first = pixel;
      o.last = Math.min(count, pixel + BLOCK_PIXELS);
      for (int out = 0; out < width; out += Tiles.PANEL) {
        o.right(right, rightAt + out, tables.transposed);
        o.result(sums, sumsAt + out, tables.sums);
        o.startFromResult();
        Tiles.panel(o, 0, s.taps(), Math.min(Tiles.PANEL, width - out));
      }
    }
  }

  private void total(float[] gw, int gwOffset) {
    int outs = s.groupOutChannels();
    int width = Lanes.roundUp(outs);
    int taps = s.taps();
    for (int chunk = 1; chunk < chunks; chunk++) {
      Packing.add(sums, chunk * chunkSize(), sums, 0, chunkSize());
    }
    for (int group = 0; group < s.groups(); group++) {
      int from = group * taps * width;
      int into = gwOffset + group * outs * taps;
      Transpose.run(sums, from, width, taps, outs, gw, into, taps);
    }
  }
}
