package dev.cortado.kernel;

import java.util.Arrays;

/**
 * {@link MaxPooling} of one image in plain loops, in any layout. Where channels lie last, loops
 * over channels are the inner ones.
 */
final class PlainPooling {
  private PlainPooling() {}

  static void forward(PoolShape s, float[] x, int xAt, float[] y, int yAt) {
    if (s.layout() == Layout.CHANNELS_LAST) {
      forwardLast(s, x, xAt, y, yAt);
      return;
    }
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

  /**
   * A row of windows at a time: all their first elements side by side, then the maximum with all
   * their second ones, and so on, in arrays of their own from index 0 on, which HotSpot vectorizes.
   */
  private static void forwardLast(PoolShape s, float[] x, int xAt, float[] y, int yAt) {
    int length = s.outRow();
    PlainRows scratch = PlainRows.local();
    float[] best = scratch.left(length);
    float[] seen = scratch.right(1, length)[0];
    for (int oy = 0; oy < s.outHeight(); oy++) {
      Arrays.fill(best, 0, length, Float.NEGATIVE_INFINITY);
      for (int row = s.top(oy); row < s.bottom(oy); row++) {
        for (int tap = 0; tap < s.kernelW(); tap++) {
          sideBySide(s, x, xAt + row * s.row(), tap, seen);
          PlainRows.larger(length, best, seen);
        }
      }
      System.arraycopy(best, 0, y, yAt + oy * length, length);
    }
  }

  /** The elements of column {@code tap} of a row of windows, all channels; padding is small. */
  private static void sideBySide(PoolShape s, float[] x, int rowAt, int tap, float[] seen) {
    int channels = s.channels();
    for (int ox = 0; ox < s.outWidth(); ox++) {
      int column = ox * s.strideW() - s.padLeft() + tap;
      if (column >= 0 && column < s.width()) {
        System.arraycopy(x, rowAt + column * channels, seen, ox * channels, channels);
      } else {
        Arrays.fill(seen, ox * channels, (ox + 1) * channels, Float.NEGATIVE_INFINITY);
      }
    }
  }

  static void gradient(
      PoolShape s, float[] x, int xAt, float[] gy, int gyAt, float[] gx, int gxAt) {
    Arrays.fill(gx, gxAt, gxAt + s.inputSize(), 0f);
    if (s.layout() == Layout.CHANNELS_LAST) {
      for (int oy = 0; oy < s.outHeight(); oy++) {
        for (int ox = 0; ox < s.outWidth(); ox++) {
          int out = gyAt + oy * s.outRow() + ox * s.column();
          if (s.isHalving()) {
            double22(s, x, xAt, gy, out, gx, gxAt, 2 * (oy * s.row() + ox * s.column()));
          } else {
            windowLast(s, x, xAt, gy, out, gx, gxAt, oy, ox);
          }
        }
      }
      return;
    }
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

  private static void windowLast(
      PoolShape s, float[] x, int xAt, float[] gy, int out, float[] gx, int gxAt, int oy, int ox) {
    for (int c = 0; c < s.channels(); c++) {
      int largest = largest(s, x, xAt + c, oy, ox);
      if (largest >= 0) {
        gx[gxAt + c + largest] += gy[out + c];
      }
    }
  }

  /** All channels of one window of two by two, which no other overlaps. */
  private static void double22(
      PoolShape s, float[] x, int xAt, float[] gy, int out, float[] gx, int gxAt, int window) {
    int right = s.column();
    int below = s.row();
    for (int c = 0; c < s.channels(); c++) {
      int at = xAt + window + c;
      float best = Float.NEGATIVE_INFINITY;
      int place = 0;
      // Places are chosen without branches, which could not be foretold.
      float v = x[at];
      best = v > best ? v : best;
      v = x[at + right];
      place = v > best ? right : place;
      best = v > best ? v : best;
      v = x[at + below];
      place = v > best ? below : place;
      best = v > best ? v : best;
      place = x[at + below + right] > best ? below + right : place;
      gx[gxAt + window + c + place] = gy[out + c];
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
