package dev.cortado.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of a convolution's weights with pixels in the lanes of the vectors, for few output
 * channels: dot products of the output's gradient with the shifted planes of an image. The batch is
 * cut into chunks whose number depends on sizes alone, each summed by one thread, and the chunks'
 * sums are added in order.
 */
final class VectorWeightGradient implements RangeTask {
  private static final ThreadLocal<VectorWeightGradient> LOCAL =
      ThreadLocal.withInitial(VectorWeightGradient::new);
  private static final float[] NOTHING = {};
  private static final int L = Lanes.COUNT;

  /** Pixels summed over together, so that what is read stays in the cache. */
  private static final int BLOCK_PIXELS = 1024;

  private ConvShape s = new ConvShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);
  private int batch;
  private float[] x = NOTHING;
  private int xOffset;
  private float[] gy = NOTHING;
  private int gyOffset;
  private int chunks;

  /** A chunk's sums as {@code [group, out, tap, lane]}. */
  private float[] sums = NOTHING;

  private VectorWeightGradient() {}

  /** Whether this beats channels in the lanes. */
  static boolean pays(ConvShape s) {
    int between = (s.kernelW() - 1) * s.dilationW() / s.strideW();
    return Lanes.REGISTERS >= 32
        && s.channelsFirst()
        && Convolution.pixelsPay(s.groupOutChannels(), s.outWidth(), between, s.taps());
  }

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
    return s.weightSize() * L;
  }

  @Override
  public void run(int from, int to) {
    Scratch scratch = Scratch.local();
    Planes planes = scratch.planes;
    planes.forInput(s);
    int[] taps = Planes.inputTaps(s);
    int length = Lanes.roundUp(Math.max(0, (s.outHeight() - 1) * planes.pitch + s.outWidth()));
    float[] spread = scratch.zeroedLeft(s.groupOutChannels() * length);
    for (int chunk = from; chunk < to; chunk++) {
      int sumsAt = chunk * chunkSize();
      Arrays.fill(sums, sumsAt, sumsAt + chunkSize(), 0f);
      int last = (int) ((long) batch * (chunk + 1) / chunks);
      for (int image = (int) ((long) batch * chunk / chunks); image < last; image++) {
        for (int group = 0; group < s.groups(); group++) {
          int at = sumsAt + group * s.groupOutChannels() * s.taps() * L;
          group(scratch, image, group, taps, spread, length, at);
        }
      }
    }
  }

  private void group(
      Scratch scratch, int image, int group, int[] taps, float[] spread, int length, int sumsAt) {
    Planes planes = scratch.planes;
    int outs = s.groupOutChannels();
    int outPlane = s.outHeight() * s.outWidth();
    int xAt =
        xOffset + image * s.inputSize() + group * s.groupInChannels() * s.height() * s.width();
    int gyAt = gyOffset + image * s.outputSize() + group * outs * outPlane;
    // Vectors reach past the planes, where zeros are multiplied: with the next image, or zeros.
    boolean inPlace = planes.readable(x, xAt) && image < batch - 1;
    float[] source = inPlace ? x : planes.copy(x, xAt, scratch);
    int sourceAt = inPlace ? xAt : 0;
    for (int out = 0; out < outs; out++) {
      int from = gyAt + out * outPlane;
      Packing.block(
          gy, from, s.outWidth(), s.outHeight(), s.outWidth(), spread, out * length, planes.pitch);
    }
    for (int pixel = 0; pixel < length; pixel += BLOCK_PIXELS) {
      int count = Math.min(BLOCK_PIXELS, length - pixel);
      for (int out = 0; out < outs; ) {
        int rows = outs - out > 4 ? Math.min(6, outs - out) : outs - out;
        int at = sumsAt + out * s.taps() * L;
        dots(spread, out * length + pixel, length, rows, source, sourceAt + pixel, taps, count, at);
        out += rows;
      }
    }
  }

  /** Up to six rows against all taps. */
  private void dots(
      float[] spread,
      int spreadAt,
      int row,
      int rows,
      float[] source,
      int sourceAt,
      int[] taps,
      int count,
      int sumsAt) {
    int all = s.taps();
    int wide = rows > 4 ? 3 : 5;
    for (int tap = 0; tap < all; tap += wide) {
      int some = Math.min(wide, all - tap);
      int at = sumsAt + tap * L;
      if (rows > 4) {
        DotTiles.sixByThree(
            spread, spreadAt, row, rows, source, sourceAt, taps, tap, some, count, sums, at,
            all * L);
      } else {
        DotTiles.fourByFive(
            spread, spreadAt, row, rows, source, sourceAt, taps, tap, some, count, sums, at,
            all * L);
      }
    }
  }

  private void total(float[] gw, int gwOffset) {
    for (int chunk = 1; chunk < chunks; chunk++) {
      Packing.add(sums, chunk * chunkSize(), sums, 0, chunkSize());
    }
    for (int i = 0; i < s.weightSize(); i++) {
      gw[gwOffset + i] = LaneSums.of(FloatVector.fromArray(Lanes.SPECIES, sums, i * L));
    }
  }
}
