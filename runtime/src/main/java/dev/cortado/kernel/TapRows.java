package dev.cortado.kernel;

import java.util.Arrays;

/**
 * What one tap of a convolution reads or writes for rows of output pixels, in plain loops: the part
 * inside the image, and zeros in the padding. The object is set to a tap, for whose divisions rows
 * are too short, and then used for many rows.
 */
final class TapRows {
  private int width;
  private int height;
  private int outWidth;
  private int strideH;

  /** Input row for output row 0; may be negative in the padding. */
  private int y;

  /** The output columns whose input columns lie inside the image. */
  private int first;

  private int last;

  /** Offset in an input image of the tap's channel, and of the input column of output column 0. */
  private int columnAt;

  /** Distance of the input columns that a tap reads for neighbouring output columns. */
  private int inStep;

  /** Distance of neighbouring columns of an output image. */
  static int outColumn(ConvShape s) {
    return s.output() == Layout.CHANNELS_LAST ? s.outChannels() : 1;
  }

  /** Distance of channels of an output image. */
  static int outChannel(ConvShape s) {
    return s.output() == Layout.CHANNELS_LAST ? 1 : s.outHeight() * s.outWidth();
  }

  /**
   * Copies images with channels last into planes one after the other, which taps read: so the
   * distant elements of a row are gathered once and not for each tap.
   */
  static void toPlanes(ConvShape s, float[] x, int at, int images, float[] planes) {
    int channels = s.inChannels();
    int plane = s.height() * s.width();
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < channels; c++) {
        int to = image * s.inputSize() + c * plane;
        int from = at + image * s.inputSize() + c;
        for (int i = 0; i < plane; i++) {
          planes[to + i] = x[from + i * channels];
        }
      }
    }
  }

  /** The other way. */
  static void fromPlanes(ConvShape s, float[] planes, int images, float[] x, int at) {
    int channels = s.inChannels();
    int plane = s.height() * s.width();
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < channels; c++) {
        int from = image * s.inputSize() + c * plane;
        int to = at + image * s.inputSize() + c;
        for (int i = 0; i < plane; i++) {
          x[to + i * channels] = planes[from + i];
        }
      }
    }
  }

  /** Turns to a tap of a group's weights, over images that lie as planes. */
  void at(ConvShape s, int group, int tap) {
    width = s.width();
    height = s.height();
    outWidth = s.outWidth();
    strideH = s.strideH();
    inStep = s.strideW();
    y = tap / s.kernelW() % s.kernelH() * s.dilationH() - s.padTop();
    int column = tap % s.kernelW() * s.dilationW() - s.padLeft();
    first = Math.min(outWidth, Math.max(0, Math.ceilDiv(-column, s.strideW())));
    last = Math.min(outWidth, Math.floorDiv(width - 1 - column, s.strideW()) + 1);
    last = Math.max(first, last);
    int channel = group * s.groupInChannels() + tap / (s.kernelH() * s.kernelW());
    columnAt = channel * height * width + column;
  }

  /** Reads what the tap sees from an output row into {@code to[at]}, …, one for each column. */
  void read(float[] x, int image, int row, float[] to, int at) {
    int inputRow = y + row * strideH;
    if (inputRow < 0 || inputRow >= height || first == last) {
      Arrays.fill(to, at, at + outWidth, 0f);
      return;
    }
    if (first > 0) {
      Arrays.fill(to, at, at + first, 0f);
    }
    if (last < outWidth) {
      Arrays.fill(to, at + last, at + outWidth, 0f);
    }
    int from = image + columnAt + inputRow * width;
    if (inStep == 1) {
      System.arraycopy(x, from + first, to, at + first, last - first);
      return;
    }
    for (int j = first; j < last; j++) {
      to[at + j] = x[from + j * inStep];
    }
  }

  /** Adds numbers, one for each output column, to what the tap sees from an output row. */
  void add(float[] from, int at, int row, float[] gx, int image) {
    int inputRow = y + row * strideH;
    if (inputRow < 0 || inputRow >= height) {
      return;
    }
    int to = image + columnAt + inputRow * width;
    for (int j = first; j < last; j++) {
      gx[to + j * inStep] += from[at + j];
    }
  }
}
