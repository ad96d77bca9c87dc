package dev.cortado.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link MaxPooling} of one image on the Vector API: with channels last, channels in the lanes;
 * with channels first, windows of two by two, whose even and odd columns are taken apart.
 */
final class VectorPooling {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final FloatVector ZERO = FloatVector.zero(S);

  private VectorPooling() {}

  /** Channels last, any windows. */
  static void forward(PoolShape s, float[] x, int xAt, float[] y, int yAt) {
    int channels = s.channels();
    if (s.isHalving() && channels % L == 0) {
      for (int oy = 0; oy < s.outHeight(); oy++) {
        int row = xAt + 2 * oy * s.row();
        int to = yAt + oy * s.outRow();
        VectorHalving.largest(x, row, s.outWidth(), s.row(), channels, y, to);
      }
      return;
    }
    for (int oy = 0; oy < s.outHeight(); oy++) {
      for (int ox = 0; ox < s.outWidth(); ox++) {
        int out = yAt + oy * s.outRow() + ox * channels;
        for (int c = 0; c < channels; c += L) {
          window(s, x, xAt + c, oy, ox, Math.min(L, channels - c), y, out + c);
        }
      }
    }
  }

  private static void window(
      PoolShape s, float[] x, int xAt, int oy, int ox, int lanes, float[] y, int out) {
    VectorMask<Float> mask = S.indexInRange(0, lanes);
    FloatVector max = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    for (int row = s.top(oy); row < s.bottom(oy); row++) {
      for (int column = s.left(ox); column < s.right(ox); column++) {
        int at = xAt + row * s.row() + column * s.channels();
        max = max.max(FloatVector.fromArray(S, x, at, mask));
      }
    }
    max.intoArray(y, out, mask);
  }

  /** The gradient for windows of two by two, channels last. */
  static void doubleLast(
      PoolShape s, float[] x, int xAt, float[] gy, int gyAt, float[] gx, int gxAt) {
    clearRest(s, gx, gxAt);
    int channels = s.channels();
    for (int oy = 0; oy < s.outHeight(); oy++) {
      int row = 2 * oy * s.row();
      if (channels % L == 0) {
        int out = gyAt + oy * s.outRow();
        doubleWhole(s.outWidth(), channels, s.row(), x, xAt + row, gy, out, gx, gxAt + row);
        continue;
      }
      doubleRow(
          s.outWidth(),
          channels,
          s.row(),
          x,
          xAt + row,
          gy,
          gyAt + oy * s.outRow(),
          gx,
          gxAt + row);
    }
  }

  /** The same for channels that fill whole vectors. */
  private static void doubleWhole(
      int windows,
      int channels,
      int row,
      float[] x,
      int xAt,
      float[] gy,
      int gyAt,
      float[] gx,
      int gxAt) {
    for (int w = 0; w < windows; w++) {
      int at = 2 * w * channels;
      for (int c = 0; c < channels; c += L) {
        int in = xAt + at + c;
        int out = gxAt + at + c;
        FloatVector x0 = FloatVector.fromArray(S, x, in);
        FloatVector x1 = FloatVector.fromArray(S, x, in + channels);
        FloatVector x2 = FloatVector.fromArray(S, x, in + row);
        FloatVector x3 = FloatVector.fromArray(S, x, in + row + channels);
        FloatVector g = FloatVector.fromArray(S, gy, gyAt + w * channels + c);
        VectorMask<Float> right = x1.compare(VectorOperators.GT, x0);
        FloatVector above = x0.blend(x1, right);
        VectorMask<Float> rightBelow = x3.compare(VectorOperators.GT, x2);
        FloatVector lower = x2.blend(x3, rightBelow);
        VectorMask<Float> below = lower.compare(VectorOperators.GT, above);
        FloatVector g0 = g.blend(0f, below);
        FloatVector g1 = ZERO.blend(g, below);
        g0.blend(0f, right).intoArray(gx, out);
        ZERO.blend(g0, right).intoArray(gx, out + channels);
        g1.blend(0f, rightBelow).intoArray(gx, out + row);
        ZERO.blend(g1, rightBelow).intoArray(gx, out + row + channels);
      }
    }
  }

  private static void doubleRow(
      int windows,
      int channels,
      int row,
      float[] x,
      int xAt,
      float[] gy,
      int gyAt,
      float[] gx,
      int gxAt) {
    for (int w = 0; w < windows; w++) {
      int at = 2 * w * channels;
      for (int c = 0; c < channels; c += L) {
        VectorMask<Float> m = S.indexInRange(c, channels);
        int in = xAt + at + c;
        int out = gxAt + at + c;
        FloatVector x0 = FloatVector.fromArray(S, x, in, m);
        FloatVector x1 = FloatVector.fromArray(S, x, in + channels, m);
        FloatVector x2 = FloatVector.fromArray(S, x, in + row, m);
        FloatVector x3 = FloatVector.fromArray(S, x, in + row + channels, m);
        FloatVector g = FloatVector.fromArray(S, gy, gyAt + w * channels + c, m);
        VectorMask<Float> right = x1.compare(VectorOperators.GT, x0);
        FloatVector above = x0.blend(x1, right);
        VectorMask<Float> rightBelow = x3.compare(VectorOperators.GT, x2);
        FloatVector lower = x2.blend(x3, rightBelow);
        VectorMask<Float> below = lower.compare(VectorOperators.GT, above);
        FloatVector g0 = g.blend(0f, below);
        FloatVector g1 = ZERO.blend(g, below);
        g0.blend(0f, right).intoArray(gx, out, m);
        ZERO.blend(g0, right).intoArray(gx, out + channels, m);
        g1.blend(0f, rightBelow).intoArray(gx, out + row, m);
        ZERO.blend(g1, rightBelow).intoArray(gx, out + row + channels, m);
      }
    }
  }

  /** Rows and columns that belong to no window have gradient 0. */
  private static void clearRest(PoolShape s, float[] gx, int gxAt) {
    if (2 * s.outHeight() < s.height() || 2 * s.outWidth() < s.width()) {
      Arrays.fill(gx, gxAt, gxAt + s.inputSize(), 0f);
    }
  }

  /** Windows of two by two, channels first. */
  static void halve(PoolShape s, float[] x, int xAt, float[] y, int yAt) {
    for (int c = 0; c < s.channels(); c++) {
      for (int oy = 0; oy < s.outHeight(); oy++) {
        int from = xAt + c * s.plane() + 2 * oy * s.width();
        int to = yAt + c * s.outPlane() + oy * s.outWidth();
        PlaneHalving.halve(x, from, s.outWidth(), s.width(), Float.NaN, y, to, null, 0);
      }
    }
  }

  /** The gradient for windows of two by two, channels first. */
  static void doubleFirst(
      PoolShape s, float[] x, int xAt, float[] gy, int gyAt, float[] gx, int gxAt) {
    clearRest(s, gx, gxAt);
    for (int c = 0; c < s.channels(); c++) {
      for (int oy = 0; oy < s.outHeight(); oy++) {
        int row = c * s.plane() + 2 * oy * s.width();
        int out = gyAt + c * s.outPlane() + oy * s.outWidth();
        doubleColumns(s.outWidth(), s.width(), x, xAt + row, gy, out, gx, gxAt + row);
      }
    }
  }

  private static void doubleColumns(
      int windows, int row, float[] x, int xAt, float[] gy, int gyAt, float[] gx, int gxAt) {
    for (int w = 0; w < windows; w += L) {
      int columns = 2 * (windows - w);
      VectorMask<Float> m0 = S.indexInRange(0, columns);
      VectorMask<Float> m1 = S.indexInRange(L, columns);
      int at = xAt + 2 * w;
      FloatVector a = FloatVector.fromArray(S, x, at, m0);
      FloatVector b = FloatVector.fromArray(S, x, at + L, m1);
      FloatVector x0 = PlaneHalving.even(a, b);
      FloatVector x1 = PlaneHalving.odd(a, b);
      a = FloatVector.fromArray(S, x, at + row, m0);
      b = FloatVector.fromArray(S, x, at + row + L, m1);
      FloatVector x2 = PlaneHalving.even(a, b);
      FloatVector x3 = PlaneHalving.odd(a, b);
      FloatVector g = FloatVector.fromArray(S, gy, gyAt + w, S.indexInRange(w, windows));
      VectorMask<Float> right = x1.compare(VectorOperators.GT, x0);
      VectorMask<Float> rightBelow = x3.compare(VectorOperators.GT, x2);
      VectorMask<Float> below =
          x2.blend(x3, rightBelow).compare(VectorOperators.GT, x0.blend(x1, right));
      FloatVector above = g.blend(0f, below);
      FloatVector lower = ZERO.blend(g, below);
      int out = gxAt + 2 * w;
      PlaneHalving.interleave(above.blend(0f, right), ZERO.blend(above, right), gx, out, m0, m1);
      PlaneHalving.interleave(
          lower.blend(0f, rightBelow), ZERO.blend(lower, rightBelow), gx, out + row, m0, m1);
    }
  }
}
