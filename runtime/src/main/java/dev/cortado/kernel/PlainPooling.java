package dev.cortado.kernel;

import java.util.Arrays;

/** {@link MaxPooling} of one image in plain loops, in any layout. */
final class PlainPooling {
  private PlainPooling() {}

  static void forward(PoolShape s, float[] x, int xAt, float[] y, int yAt) {
    for (int c = 0; c < s.channels(); c++) {
      int plane = xAt + c * s.plane();
      for (int oy = 0; oy < s.outHeight(); oy++) {
        int out = yAt + c * s.outPlane() + oy * s.outRow();
        for (int ox = 0; ox < s.outWidth(); ox++) {
          float max = Float.NEGATIVE_INFINITY;
          for (int row = s.top(oy); row < s.bottom(oy); row++) {
            for (int column = s.left(ox); column < s.right(ox); column++) {
              max = Math.max(max, x[plane + row * s.row() + column * s.column()]);
            }
          }
          y[out + ox * s.column()] = max;
        }
      }
    }
  }

  static void gradient(
      PoolShape s, float[] x, int xAt, float[] gy, int gyAt, float[] gx, int gxAt) {
    Arrays.fill(gx, gxAt, gxAt + s.inputSize(), 0f);
    for (int c = 0; c < s.channels(); c++) {
      int plane = c * s.plane();
      for (int oy = 0; oy < s.outHeight(); oy++) {
        int out = gyAt + c * s.outPlane() + oy * s.outRow();
        for (int ox = 0; ox < s.outWidth(); ox++) {
          int largest = largest(s, x, xAt + plane, oy, ox);
          if (largest >= 0) {
            gx[gxAt + plane + largest] += gy[out + ox * s.column()];
          }
        }
      }
    }
  }

  /**
   * Where in its plane the first largest element of a window lies. A window of nothing but NaN and
   * negative infinity names its first place; -1 where that is padding.
   */
  private static int largest(PoolShape s, float[] x, int plane, int oy, int ox) {
    boolean startsInPadding = oy * s.strideH() < s.padTop() || ox * s.strideW() < s.padLeft();
    int place = startsInPadding ? -1 : s.top(oy) * s.row() + s.left(ox) * s.column();
    float best = Float.NEGATIVE_INFINITY;
    for (int row = s.top(oy); row < s.bottom(oy); row++) {
      for (int column = s.left(ox); column < s.right(ox); column++) {
        int at = row * s.row() + column * s.column();
        if (x[plane + at] > best) {
          best = x[plane + at];
          place = at;
        }
      }
    }
    return place;
  }
}
