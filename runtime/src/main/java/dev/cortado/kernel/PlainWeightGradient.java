package dev.cortado.kernel;

import java.util.Arrays;

/**
 * The gradient of a convolution's weights in plain loops: products of {@link PlainRows} that sum
 * over pixels, whose columns are taps or output channels, whichever are more. The batch is cut into
 * chunks whose number depends on sizes alone, each summed by one thread, and the chunks' sums are
 * added in order.
 */
final class PlainWeightGradient implements RangeTask {
  private static final ThreadLocal<PlainWeightGradient> LOCAL =
      ThreadLocal.withInitial(PlainWeightGradient::new);
  private static final float[] NOTHING = {};

  /** Pixels summed over together. */
  private static final int BLOCK_PIXELS = 48;

  private ConvShape s = new ConvShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);
  private int batch;
  private float[] x = NOTHING;
  private int xOffset;
  private float[] gy = NOTHING;
  private int gyOffset;
  private int chunks;

  /** A chunk's sums, in the order of the weights. */
  private float[] sums = NOTHING;

  private PlainWeightGradient() {}

  static void run(
      ConvShape s,
      int batch,
      float[] x,
      int xOffset,
      float[] gy,
      int gyOffset,
      float[] gw,
      int gwOffset) {
    PlainWeightGradient job = LOCAL.get();
    job.s = s;
    job.batch = batch;
    job.x = x;
    job.xOffset = xOffset;
    job.gy = gy;
    job.gyOffset = gyOffset;
    job.chunks = Convolution.chunks(batch, s.weightSize());
    if (job.sums.length < job.chunks * s.weightSize()) {
      job.sums = new float[job.chunks * s.weightSize()];
    }
    int images = Math.max(1, batch / job.chunks);
    Team.run(job.chunks, Math.ceilDiv(Convolution.imagesWorthAThread(s), images), job);
    for (int i = 0; i < s.weightSize(); i++) {
      float total = 0;
      for (int chunk = 0; chunk < job.chunks; chunk++) {
        total += job.sums[chunk * s.weightSize() + i];
      }
      gw[gwOffset + i] = total;
    }
    job.x = job.gy = NOTHING;
  }

  @Override
  public void run(int from, int to) {
    if (s.outWidth() <= 0) {
      Arrays.fill(sums, from * s.weightSize(), to * s.weightSize(), 0f);
      return;
    }
    for (int chunk = from; chunk < to; chunk++) {
      int first = (int) ((long) batch * chunk / chunks);
      int last = (int) ((long) batch * (chunk + 1) / chunks);
      int size = s.groupOutChannels() * s.taps();
      for (int group = 0; group < s.groups(); group++) {
        int at = chunk * s.weightSize() + group * size;
        if (s.taps() >= s.groupOutChannels()) {
          tapColumns(first, last, group, at);
        } else {
          outColumns(first, last, group, at);
        }
      }
    }
    PlainRows.local().images(NOTHING, 0);
  }

  /** Sees to it that an image lies as planes. */
  private void arrange(PlainRows scratch, int image) {
    int at = xOffset + image * s.inputSize();
    if (s.input() == Layout.CHANNELS_FIRST) {
      scratch.images(x, at);
      return;
    }
    float[] planes = scratch.planes(s.inputSize());
    TapRows.toPlanes(s, x, at, 1, planes);
    scratch.images(planes, 0);
  }

  private int gradientAt(int image, int group, int row) {
    return gyOffset
        + image * s.outputSize()
        + group * s.groupOutChannels() * TapRows.outChannel(s)
        + row * s.outWidth() * TapRows.outColumn(s);
  }

  /** {@code [outs, pixels] x [pixels, taps]}. */
  private void tapColumns(int first, int last, int group, int sumsAt) {
    int outs = s.groupOutChannels();
    int taps = s.taps();
    int width = s.outWidth();
    PlainRows scratch = PlainRows.local();
    float[][] totals = scratch.result(outs, taps);
    int rows = Math.max(1, BLOCK_PIXELS / width);
    float[][] seen = scratch.right(rows * width, taps);
    float[] line = scratch.left(width);
    for (int image = first; image < last; image++) {
      arrange(scratch, image);
      for (int row = 0; row < s.outHeight(); row += rows) {
        int count = Math.min(rows, s.outHeight() - row);
        for (int tap = 0; tap < taps; tap++) {
          scratch.tap.at(s, group, tap);
          for (int i = 0; i < count; i++) {
            scratch.tap.read(scratch.images, scratch.imagesAt, row + i, line, 0);
            for (int j = 0; j < width; j++) {
              seen[i * width + j][tap] = line[j];
            }
          }
        }
        // In either layout pixels of neighbouring rows are as far apart as those of one row.
        int at = gradientAt(image, group, row);
        PlainRows.multiplyAdd(
            outs,
            taps,
            count * width,
            gy,
            at,
            TapRows.outChannel(s),
            TapRows.outColumn(s),
            seen,
            totals);
      }
    }
    for (int out = 0; out < outs; out++) {
      System.arraycopy(totals[out], 0, sums, sumsAt + out * taps, taps);
    }
  }

  /** {@code [taps, pixels] x [pixels, outs]}. */
  private void outColumns(int first, int last, int group, int sumsAt) {
    int outs = s.groupOutChannels();
    int taps = s.taps();
    int width = s.outWidth();
    PlainRows scratch = PlainRows.local();
    float[][] totals = scratch.result(taps, outs);
    float[][] gradients = scratch.right(width, outs);
    float[] seen = scratch.left(taps * width);
    for (int image = first; image < last; image++) {
      arrange(scratch, image);
      for (int row = 0; row < s.outHeight(); row++) {
        for (int tap = 0; tap < taps; tap++) {
          scratch.tap.at(s, group, tap);
          scratch.tap.read(scratch.images, scratch.imagesAt, row, seen, tap * width);
        }
        int from = gradientAt(image, group, row);
        for (int j = 0; j < width; j++) {
          for (int out = 0; out < outs; out++) {
            gradients[j][out] = gy[from + j * TapRows.outColumn(s) + out * TapRows.outChannel(s)];
          }
        }
        PlainRows.multiplyAdd(taps, outs, width, seen, 0, width, 1, gradients, totals);
      }
    }
    for (int out = 0; out < outs; out++) {
      for (int tap = 0; tap < taps; tap++) {
        sums[sumsAt + out * taps + tap] = totals[tap][out];
      }
    }
  }
}
