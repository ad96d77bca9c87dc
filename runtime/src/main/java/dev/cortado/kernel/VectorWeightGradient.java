package dev.cortado.kernel;

import java.util.Arrays;

/**
 * The gradient of a convolution's weights from images with their channels first. The batch is cut
 * into chunks whose number depends on sizes alone, each summed by one thread, and the chunks' sums
 * are added in order.
 */
final class VectorWeightGradient implements RangeTask {
  private static final ThreadLocal<VectorWeightGradient> LOCAL =
      ThreadLocal.withInitial(VectorWeightGradient::new);
  private static final float[] NOTHING = {};

  /** Pixels of the output's gradient transposed together. */
  private static final int BLOCK_PIXELS = 512;

  private ConvShape s = new ConvShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);
  private int batch;
  private float[] x = NOTHING;
  private int xOffset;
  private float[] gy = NOTHING;
  private int gyOffset;
  private int chunks;

  /** A chunk's sums as {@code [group, tap, out]}, the last dimension filled up to whole vectors. */
  private float[] sums = NOTHING;

  private VectorWeightGradient() {}

  static void run(
      ConvShape s,
      int batch,
      float[] x,
      int xOffset,
      float[] gy,
      int gyOffset,
      float[] gw,
      int gwOffset) {
    VectorWeightGradient job = LOCAL.get();
    job.s = s;
    job.batch = batch;
    job.x = x;
    job.xOffset = xOffset;
    job.gy = gy;
    job.gyOffset = gyOffset;
    job.chunks = ChannelsLastWeightGradient.chunks(batch, job.chunkSize());
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
    Planes planes = scratch.planes;
    planes.forInput(s);
    int[] taps = scratch.rows(s.taps());
    VectorForward.steps(s, planes, taps);
    int blockRows = Math.max(1, BLOCK_PIXELS / planes.pitch);
    int width = Lanes.roundUp(s.groupOutChannels());
    int pixels = (Math.min(blockRows, s.outHeight()) - 1) * planes.pitch + s.outWidth();
    int[] steps = Steps.fill(scratch.steps(Math.max(pixels, s.taps())), pixels, width);
    int[] sumRows = Steps.fill(scratch.sumRows(s.taps()), s.taps(), width);
    float[] transposed = scratch.left(pixels * width);
    for (int chunk = from; chunk < to; chunk++) {
      int sumsAt = chunk * chunkSize();
      Arrays.fill(sums, sumsAt, sumsAt + chunkSize(), 0f);
      int last = (int) ((long) batch * (chunk + 1) / chunks);
      for (int image = (int) ((long) batch * chunk / chunks); image < last; image++) {
        for (int group = 0; group < s.groups(); group++) {
          int at = sumsAt + group * s.taps() * width;
          group(scratch, image, group, blockRows, taps, steps, sumRows, transposed, at);
        }
      }
    }
    scratch.operands.clear();
  }

  private void group(
      Scratch scratch,
      int image,
      int group,
      int blockRows,
      int[] taps,
      int[] steps,
      int[] sumRows,
      float[] transposed,
      int sumsAt) {
    Planes planes = scratch.planes;
    int outs = s.groupOutChannels();
    int width = Lanes.roundUp(outs);
    int outPlane = s.outHeight() * s.outWidth();
    int xAt =
        xOffset + image * s.inputSize() + group * s.groupInChannels() * s.height() * s.width();
    int gyAt = gyOffset + image * s.outputSize() + group * outs * outPlane;
    boolean inPlace = planes.readable(x, xAt);
    float[] source = inPlace ? x : planes.copy(x, xAt, scratch);
    for (int y = 0; y < s.outHeight(); y += blockRows) {
      int rows = Math.min(blockRows, s.outHeight() - y);
      int pixels = (rows - 1) * planes.pitch + s.outWidth();
      transpose(gyAt + y * s.outWidth(), rows, planes.pitch, pixels, width, transposed);
      int sourceAt = (inPlace ? xAt : 0) + y * planes.pitch;
      Operands o = scratch.operands;
      o.first = 0;
      o.last = pixels;
      o.floor = Float.NEGATIVE_INFINITY;
      o.left(source, sourceAt, taps, Steps.ones(pixels));
      for (int out = 0; out < width; out += Tiles.PANEL) {
        o.right(transposed, out, steps);
        o.result(sums, sumsAt + out, sumRows);
        o.startFromResult();
        Tiles.panel(o, 0, s.taps(), Math.min(Tiles.PANEL, width - out));
      }
    }
  }

  /** Rows of the output's gradient as {@code [pixel, out]}, with zeros where there is no pixel. */
  private void transpose(int at, int rows, int pitch, int pixels, int width, float[] to) {
    int outPlane = s.outHeight() * s.outWidth();
    int outs = s.groupOutChannels();
    if (pitch != s.outWidth() || width != outs) {
      Arrays.fill(to, 0, pixels * width, 0f);
    }
    for (int row = 0; row < rows; row++) {
      int from = at + row * s.outWidth();
      int into = row * pitch * width;
      Transpose.run(gy, from, outPlane, outs, s.outWidth(), to, into, width);
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
