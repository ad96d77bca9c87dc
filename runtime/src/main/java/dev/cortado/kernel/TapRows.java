package dev.cortado.kernel;

import java.util.Arrays;

/**
 * What one tap of a convolution reads or writes for a row of output pixels, in plain loops: the
 * part inside the image, and zeros in the padding.
 */
final class TapRows {
  private TapRows() {}

  /** Distance of neighbouring columns of an input image. */
  static int inColumn(ConvShape s) {
    return s.input() == Layout.CHANNELS_LAST ? s.inChannels() : 1;
  }

  /** Distance of neighbouring columns of an output image. */
  static int outColumn(ConvShape s) {
    return s.output() == Layout.CHANNELS_LAST ? s.outChannels() : 1;
  }

  /** Distance of channels of an output image. */
  static int outChannel(ConvShape s) {
    return s.output() == Layout.CHANNELS_LAST ? 1 : s.outHeight() * s.outWidth();
  }

  /** Offset in an input image of a group's channel that a tap reads. */
  private static int channelAt(ConvShape s, int group, int tap) {
    int channel = group * s.groupInChannels() + tap / (s.kernelH() * s.kernelW());
    return s.input() == Layout.CHANNELS_LAST ? channel : channel * s.height() * s.width();
  }

  /** Input row that a tap reads for an output row; it may lie outside the image. */
  private static int row(ConvShape s, int tap, int outRow) {
    return outRow * s.strideH() + tap / s.kernelW() % s.kernelH() * s.dilationH() - s.padTop();
  }

  /** Input column that a tap reads for output column 0; may be negative in the padding. */
  private static int column(ConvShape s, int tap) {
    return tap % s.kernelW() * s.dilationW() - s.padLeft();
  }

  /** First output column whose input column lies inside the image. */
  private static int first(ConvShape s, int column) {
    return Math.min(s.outWidth(), Math.max(0, Math.ceilDiv(-column, s.strideW())));
  }

  /** One past the last output column whose input column lies inside the image. */
  private static int last(ConvShape s, int column) {
    return Math.min(s.outWidth(), Math.floorDiv(s.width() - 1 - column, s.strideW()) + 1);
  }

  /**
   * Reads what a tap sees from an output row into {@code to[at]}, {@code to[at + step]}, …, one for
   * each output column.
   */
  static void read(
      ConvShape s,
      float[] x,
      int image,
      int group,
      int tap,
      int row,
      float[] to,
      int at,
      int step) {
    int y = row(s, tap, row);
    int column = column(s, tap);
    int first = first(s, column);
    int last = Math.max(first, last(s, column));
    if (y < 0 || y >= s.height() || first == last) {
      clear(to, at, step, 0, s.outWidth());
      return;
    }
    clear(to, at, step, 0, first);
    clear(to, at, step, last, s.outWidth());
    int inStep = s.strideW() * inColumn(s);
    int from = image + channelAt(s, group, tap) + (y * s.width() + column) * inColumn(s);
    if (inStep == 1 && step == 1) {
      System.arraycopy(x, from + first, to, at + first, last - first);
      return;
    }
    for (int j = first; j < last; j++) {
      to[at + j * step] = x[from + j * inStep];
    }
  }

  private static void clear(float[] to, int at, int step, int first, int last) {
    if (step == 1) {
      Arrays.fill(to, at + first, at + last, 0f);
      return;
    }
    for (int j = first; j < last; j++) {
      to[at + j * step] = 0;
    }
  }

  /** Adds numbers, one for each output column, to what a tap sees from an output row. */
  static void add(
      ConvShape s, float[] from, int at, int group, int tap, int row, float[] gx, int image) {
    int y = row(s, tap, row);
    if (y < 0 || y >= s.height()) {
      return;
    }
    int column = column(s, tap);
    int last = last(s, column);
    int inStep = s.strideW() * inColumn(s);
    int to = image + channelAt(s, group, tap) + (y * s.width() + column) * inColumn(s);
    for (int j = first(s, column); j < last; j++) {
      gx[to + j * inStep] += from[at + j];
    }
  }
}
