package dev.cortado.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution, or its input's gradient, in plain loops: products of {@link PlainRows} whose
 * columns are output pixels, of several images where they are small. The object is what the threads
 * of the team share.
 */
final class PlainConvolution implements RangeTask {
  private static final ThreadLocal<PlainConvolution> LOCAL =
      ThreadLocal.withInitial(PlainConvolution::new);
  private static final float[] NOTHING = {};

  /** Output pixels taken together: rows long enough for vectors, short enough for the cache. */
  private static final int BLOCK_PIXELS = 1024;

  /** Taps taken together. */
  private static final int BLOCK_TAPS = 8;

  private ConvShape s = new ConvShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);
  private boolean backward;
  private float[] x = NOTHING;
  private int xOffset;
  private float[] w = NOTHING;
  private int wOffset;
  private float @Nullable [] bias;
  private int biasOffset;
  private float floor;
  private float[] y = NOTHING;
  private int yOffset;

  private PlainConvolution() {}

  static void forward(
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
    PlainConvolution job = LOCAL.get();
    job.backward = false;
    job.bias = bias;
    job.biasOffset = biasOffset;
    job.floor = activation.floor;
    job.start(s, batch, x, xOffset, w, wOffset, y, yOffset);
    job.bias = null;
  }

  static void inputGradient(
      ConvShape s,
      int batch,
      float[] gy,
      int gyOffset,
      float[] w,
      int wOffset,
      float[] gx,
      int gxOffset) {
    PlainConvolution job = LOCAL.get();
    job.backward = true;
    job.start(s, batch, gx, gxOffset, w, wOffset, gy, gyOffset);
  }

  private void start(
      ConvShape shape,
      int batch,
      float[] input,
      int inputOffset,
      float[] weights,
      int weightsOffset,
      float[] output,
      int outputOffset) {
    s = shape;
    x = input;
    xOffset = inputOffset;
    w = weights;
    wOffset = weightsOffset;
    y = output;
    yOffset = outputOffset;
    Team.run(batch, Convolution.imagesWorthAThread(s), this);
    x = w = y = NOTHING;
  }

  @Override
  public void run(int from, int to) {
    if (backward && s.input() == Layout.CHANNELS_FIRST) {
      Arrays.fill(x, xOffset + from * s.inputSize(), xOffset + to * s.inputSize(), 0f);
    }
    int pixels = s.outHeight() * s.outWidth();
    if (pixels == 0) {
      return;
    }
    int images = Math.max(1, BLOCK_PIXELS / pixels);
    int rows = Math.clamp(BLOCK_PIXELS / s.outWidth(), 1, s.outHeight());
    for (int image = from; image < to; image += images) {
      int count = Math.min(images, to - image);
      arrange(image, count);
      for (int row = 0; row < s.outHeight(); row += rows) {
        int lastRow = Math.min(s.outHeight(), row + rows);
        for (int group = 0; group < s.groups(); group++) {
          if (backward) {
            backward(image, image + count, row, lastRow, group);
          } else {
            forward(image, image + count, row, lastRow, group);
          }
        }
      }
      if (backward && s.input() == Layout.CHANNELS_LAST) {
        TapRows.fromPlanes(s, PlainRows.local().planes, count, x, xOffset + image * s.inputSize());
      }
    }
    PlainRows.local().images(NOTHING, 0);
  }

  /** Sees to it that some images lie as planes. */
  private void arrange(int image, int count) {
    PlainRows scratch = PlainRows.local();
    int at = xOffset + image * s.inputSize();
    if (s.input() == Layout.CHANNELS_FIRST) {
      scratch.images(x, at);
      return;
    }
    float[] planes = scratch.planes(count * s.inputSize());
    scratch.images(planes, 0);
    if (backward) {
      Arrays.fill(planes, 0, count * s.inputSize(), 0f);
    } else {
      TapRows.toPlanes(s, x, at, count, planes);
    }
  }

  /** Rows {@code [firstRow, lastRow)} of one group of channels of some images. */
  private void forward(int firstImage, int lastImage, int firstRow, int lastRow, int group) {
    int outs = s.groupOutChannels();
    int count = (lastImage - firstImage) * (lastRow - firstRow) * s.outWidth();
    PlainRows scratch = PlainRows.local();
    float[][] sums = scratch.result(outs, count);
    int weightsAt = wOffset + group * outs * s.taps();
    for (int tap = 0; tap < s.taps(); tap += BLOCK_TAPS) {
      int taps = Math.min(BLOCK_TAPS, s.taps() - tap);
      float[][] seen = scratch.right(taps, count);
      for (int i = 0; i < taps; i++) {
        int at = 0;
        scratch.tap.at(s, group, tap + i);
        for (int image = firstImage; image < lastImage; image++) {
          for (int row = firstRow; row < lastRow; row++) {
            scratch.tap.read(
                scratch.images, imageAt(scratch, image - firstImage), row, seen[i], at);
            at += s.outWidth();
          }
        }
      }
      PlainRows.multiplyAdd(outs, count, taps, w, weightsAt + tap, s.taps(), 1, seen, sums);
    }
    for (int out = 0; out < outs; out++) {
      float add = bias == null ? 0 : bias[biasOffset + group * outs + out];
      PlainRows.finish(count, add, floor, sums[out]);
    }
    store(sums, firstImage, lastImage, firstRow, lastRow, group);
  }

  /** Copies sums to where the output has them; rows of an image follow each other in both. */
  private void store(
      float[][] sums, int firstImage, int lastImage, int firstRow, int lastRow, int group) {
    int outs = s.groupOutChannels();
    int pixels = (lastRow - firstRow) * s.outWidth();
    int at = 0;
    for (int image = firstImage; image < lastImage; image++) {
      if (s.output() == Layout.CHANNELS_LAST) {
        int to = outputAt(image, group * outs, firstRow);
        PlainRows.interleave(outs, pixels, sums, at, y, to, s.outChannels());
      } else {
        for (int out = 0; out < outs; out++) {
          System.arraycopy(sums[out], at, y, outputAt(image, group * outs + out, firstRow), pixels);
        }
      }
      at += pixels;
    }
  }

  private int imageAt(PlainRows scratch, int image) {
    return scratch.imagesAt + image * s.inputSize();
  }

  private int outputAt(int image, int channel, int row) {
    return yOffset
        + image * s.outputSize()
        + channel * TapRows.outChannel(s)
        + row * s.outWidth() * TapRows.outColumn(s);
  }

  /** What rows of the output's gradient add to the input's. */
  private void backward(int firstImage, int lastImage, int firstRow, int lastRow, int group) {
    int outs = s.groupOutChannels();
    int count = (lastImage - firstImage) * (lastRow - firstRow) * s.outWidth();
    PlainRows scratch = PlainRows.local();
    float[][] gradients = scratch.right(outs, count);
    int step = TapRows.outColumn(s);
    for (int out = 0; out < outs; out++) {
      int at = 0;
      for (int image = firstImage; image < lastImage; image++) {
        for (int row = firstRow; row < lastRow; row++) {
          int from = outputAt(image, group * outs + out, row);
          for (int j = 0; j < s.outWidth(); j++) {
            gradients[out][at + j] = y[from + j * step];
          }
          at += s.outWidth();
        }
      }
    }
    int weightsAt = wOffset + group * outs * s.taps();
    for (int tap = 0; tap < s.taps(); tap += BLOCK_TAPS) {
      int taps = Math.min(BLOCK_TAPS, s.taps() - tap);
      float[][] sums = scratch.result(taps, count);
      PlainRows.multiplyAdd(taps, count, outs, w, weightsAt + tap, 1, s.taps(), gradients, sums);
      for (int i = 0; i < taps; i++) {
        int at = 0;
        scratch.tap.at(s, group, tap + i);
        for (int image = firstImage; image < lastImage; image++) {
          for (int row = firstRow; row < lastRow; row++) {
            scratch.tap.add(sums[i], at, row, scratch.images, imageAt(scratch, image - firstImage));
            at += s.outWidth();
          }
        }
      }
    }
  }
}
