package dev.cortado.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Convolution in plain loops, one kernel tap at a time over whole output rows. */
final class PlainConvolution {
  private PlainConvolution() {}

  static void forward(
      ConvShape s,
      int batch,
      float[] x,
      int xo,
      float[] w,
      int wo,
      float @Nullable [] bias,
      int biasOffset,
      Activation activation,
      float[] y,
      int yo) {
    Arrays.fill(y, yo, yo + batch * s.outputSize(), 0);
    for (int image = 0; image < batch; image++) {
      int xImage = xo + image * s.inputSize();
      int yImage = yo + image * s.outputSize();
      for (int out = 0; out < s.outChannels(); out++) {
        int yPlane = yImage + out * outChannelStep(s);
        for (int tap = 0; tap < s.taps(); tap++) {
          forwardTap(s, x, xImage, w[wo + out * s.taps() + tap], y, yPlane, out, tap);
        }
        if (bias != null || activation != Activation.NONE) {
          float add = bias == null ? 0 : bias[biasOffset + out];
          finish(s, y, yPlane, add, activation.floor);
        }
      }
    }
  }

  private static void forwardTap(
      ConvShape s, float[] x, int xImage, float weight, float[] y, int yPlane, int out, int tap) {
    int xPlane = xImage + plane(s, out, tap);
    int row = tapRow(s, tap);
    int column = tapColumn(s, tap);
    int first = firstColumn(s, column);
    int last = lastColumn(s, column);
    int xStep = inColumnStep(s);
    int yStep = outColumnStep(s);
    for (int oy = 0; oy < s.outHeight(); oy++) {
      int iy = oy * s.strideH() + row;
      if (iy < 0 || iy >= s.height()) {
        continue;
      }
      int xRow = xPlane + (iy * s.width() + column) * xStep;
      int yRow = yPlane + oy * s.outWidth() * yStep;
      for (int ox = first; ox < last; ox++) {
        y[yRow + ox * yStep] += weight * x[xRow + ox * s.strideW() * xStep];
      }
    }
  }

  static void inputGradient(
      ConvShape s, int batch, float[] gy, int gyo, float[] w, int wo, float[] gx, int gxo) {
    Arrays.fill(gx, gxo, gxo + batch * s.inputSize(), 0);
    for (int image = 0; image < batch; image++) {
      int xImage = gxo + image * s.inputSize();
      int yImage = gyo + image * s.outputSize();
      for (int out = 0; out < s.outChannels(); out++) {
        int yPlane = yImage + out * outChannelStep(s);
        for (int tap = 0; tap < s.taps(); tap++) {
          inputTap(s, gx, xImage, w[wo + out * s.taps() + tap], gy, yPlane, out, tap);
        }
      }
    }
  }

  private static void inputTap(
      ConvShape s, float[] gx, int xImage, float weight, float[] gy, int yPlane, int out, int tap) {
    int xPlane = xImage + plane(s, out, tap);
    int row = tapRow(s, tap);
    int column = tapColumn(s, tap);
    int first = firstColumn(s, column);
    int last = lastColumn(s, column);
    int xStep = inColumnStep(s);
    int yStep = outColumnStep(s);
    for (int oy = 0; oy < s.outHeight(); oy++) {
      int iy = oy * s.strideH() + row;
      if (iy < 0 || iy >= s.height()) {
        continue;
      }
      int xRow = xPlane + (iy * s.width() + column) * xStep;
      int yRow = yPlane + oy * s.outWidth() * yStep;
      for (int ox = first; ox < last; ox++) {
        gx[xRow + ox * s.strideW() * xStep] += weight * gy[yRow + ox * yStep];
      }
    }
  }

  static void weightGradient(
      ConvShape s, int batch, float[] x, int xo, float[] gy, int gyo, float[] gw, int gwo) {
    for (int out = 0; out < s.outChannels(); out++) {
      for (int tap = 0; tap < s.taps(); tap++) {
        float sum = 0;
        for (int image = 0; image < batch; image++) {
          int xImage = xo + image * s.inputSize();
          int yPlane = gyo + image * s.outputSize() + out * outChannelStep(s);
          sum += weightTap(s, x, xImage, gy, yPlane, out, tap);
        }
        gw[gwo + out * s.taps() + tap] = sum;
      }
    }
  }

  private static float weightTap(
      ConvShape s, float[] x, int xImage, float[] gy, int yPlane, int out, int tap) {
    int xPlane = xImage + plane(s, out, tap);
    int row = tapRow(s, tap);
    int column = tapColumn(s, tap);
    int first = firstColumn(s, column);
    int last = lastColumn(s, column);
    float sum = 0;
    int xStep = inColumnStep(s);
    int yStep = outColumnStep(s);
    for (int oy = 0; oy < s.outHeight(); oy++) {
      int iy = oy * s.strideH() + row;
      if (iy < 0 || iy >= s.height()) {
        continue;
      }
      int xRow = xPlane + (iy * s.width() + column) * xStep;
      int yRow = yPlane + oy * s.outWidth() * yStep;
      for (int ox = first; ox < last; ox++) {
        sum += gy[yRow + ox * yStep] * x[xRow + ox * s.strideW() * xStep];
      }
    }
    return sum;
  }

  /** Adds a bias to one channel and cuts off below a floor. */
  private static void finish(ConvShape s, float[] y, int at, float bias, float floor) {
    int count = s.outHeight() * s.outWidth();
    int step = outColumnStep(s);
    for (int pixel = 0; pixel < count; pixel++) {
      int i = at + pixel * step;
      y[i] = Math.max(y[i] + bias, floor);
    }
  }

  private static int inColumnStep(ConvShape s) {
    return s.input() == Layout.CHANNELS_LAST ? s.inChannels() : 1;
  }

  private static int outColumnStep(ConvShape s) {
    return s.output() == Layout.CHANNELS_LAST ? s.outChannels() : 1;
  }

  private static int outChannelStep(ConvShape s) {
    return s.output() == Layout.CHANNELS_LAST ? 1 : s.outHeight() * s.outWidth();
  }

  /** Offset in an image of the plane that a tap of an output channel reads. */
  private static int plane(ConvShape s, int out, int tap) {
    int group = out / s.groupOutChannels();
    int channel = group * s.groupInChannels() + tap / (s.kernelH() * s.kernelW());
    return s.input() == Layout.CHANNELS_LAST ? channel : channel * s.height() * s.width();
  }

  /** Input row that a tap reads for output row 0; may be negative in the padding. */
  private static int tapRow(ConvShape s, int tap) {
    return tap / s.kernelW() % s.kernelH() * s.dilationH() - s.padTop();
  }

  /** Input column that a tap reads for output column 0; may be negative in the padding. */
  private static int tapColumn(ConvShape s, int tap) {
    return tap % s.kernelW() * s.dilationW() - s.padLeft();
  }

  /** First output column whose input column lies inside the image. */
  private static int firstColumn(ConvShape s, int column) {
    return Math.min(s.outWidth(), Math.max(0, Math.ceilDiv(-column, s.strideW())));
  }

  /** One past the last output column whose input column lies inside the image. */
  private static int lastColumn(ConvShape s, int column) {
    return Math.min(s.outWidth(), Math.floorDiv(s.width() - 1 - column, s.strideW()) + 1);
  }
}
