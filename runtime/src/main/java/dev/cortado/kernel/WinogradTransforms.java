package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms of pixels and results in Winograd's F(4×4, 3×3), channels in the lanes of the
 * vectors:
 *
 * <pre>y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A</pre>
 *
 * <p>with {@code d} a square of six by six pixels, {@code g} the weights, {@code y} a square of
 * four by four. Polynomials are evaluated at 0, ±√½, ±√2 and infinity, whose matrices magnify
 * rounding errors some five times less than those of the integers:
 *
 * <pre>
 *      1   0  -2½   0   1  0              1   1   1   1   1  0
 *      0  -√2  -2  √½   1  0              0  √½ -√½  √2 -√2  0
 * Bᵀ = 0   √2  -2 -√½   1  0         Aᵀ = 0   ½   ½   2   2  0
 *      0  -√½  -½  √2   1  0              0  √⅛ -√⅛  √8 -√8  1
 *      0   √½  -½ -√2   1  0
 *      0   1   0  -2½   0  1
 * </pre>
 *
 * <p>From Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2015 (arXiv
 * 1509.09308); on the choice of points, Barabasz et al., Error Analysis and Improving the Accuracy
 * of Winograd Convolution for Deep Neural Networks, 2020 (arXiv 1803.10986).
 *
 * <p>A transform runs over the columns of a square, then over the rows of what that gave, which it
 * keeps in {@code t}, room for 36 vectors. The 36 numbers of a transformed square are {@code step}
 * apart; channels are always a multiple of the vectors' length.
 */
final class WinogradTransforms {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** √½ and √2. */
  static final float LOW = 0.70710678f;

  static final float HIGH = 1.41421356f;

  private WinogradTransforms() {}

  /**
   * {@code Bᵀ d B} of a square of six by six pixels.
   *
   * @param row distance of the square's rows
   * @param pixel distance of the pixels of a row
   */
  static void square(
      float[] x,
      int xAt,
      int row,
      int pixel,
      int channels,
      float[] t,
      float[] v,
      int vAt,
      int step) {
    for (int c = 0; c < channels; c += L) {
      for (int j = 0; j < 6; j++) {
        evaluate(x, xAt + c + j * pixel, row, t, j * L, 6 * L);
      }
      for (int i = 0; i < 6; i++) {
        evaluate(t, 6 * i * L, L, v, vAt + c + 6 * i * step, step);
      }
    }
  }

  /** {@code Bᵀ} times a column of six. */
  private static void evaluate(float[] from, int at, int step, float[] to, int toAt, int toStep) {
    FloatVector d1 = FloatVector.fromArray(S, from, at + step);
    FloatVector d2 = FloatVector.fromArray(S, from, at + 2 * step);
    FloatVector d3 = FloatVector.fromArray(S, from, at + 3 * step);
    FloatVector d4 = FloatVector.fromArray(S, from, at + 4 * step);
    FloatVector minus = FloatVector.broadcast(S, -2.5f);
    d2.fma(minus, FloatVector.fromArray(S, from, at)).add(d4).intoArray(to, toAt);
    d3.fma(minus, d1)
        .add(FloatVector.fromArray(S, from, at + 5 * step))
        .intoArray(to, toAt + 5 * toStep);
    FloatVector factor = FloatVector.broadcast(S, -2f);
    FloatVector even = d2.fma(factor, d4);
    FloatVector odd = d1.fma(factor, d3).mul(LOW);
    even.add(odd).intoArray(to, toAt + toStep);
    even.sub(odd).intoArray(to, toAt + 2 * toStep);
    factor = FloatVector.broadcast(S, -0.5f);
    even = d2.fma(factor, d4);
    odd = d1.fma(factor, d3).mul(HIGH);
    even.add(odd).intoArray(to, toAt + 3 * toStep);
    even.sub(odd).intoArray(to, toAt + 4 * toStep);
  }

  /**
   * {@code max(floor, Aᵀ m A + bias)}, four by four pixels.
   *
   * @param rows rows that are stored, at most four
   * @param columns columns that are stored, at most four
   * @param row distance of the result's rows
   * @param pixel distance of the pixels of a row
   */
  static void result(
      float[] m,
      int mAt,
      int step,
      int channels,
      float[] t,
      float[] bias,
      int biasAt,
      float floor,
      float[] y,
      int yAt,
      int rows,
      int columns,
      int row,
      int pixel) {
    for (int c = 0; c < channels; c += L) {
      columns(m, mAt + c, step, t);
      for (int i = 0; i < rows; i++) {
        int out = yAt + c + i * row;
        pixels(t, 6 * i * L, bias, biasAt + c, 24 * L);
        for (int j = 0; j < columns; j++) {
          store(t, (24 + j) * L, floor, y, out + j * pixel);
        }
      }
    }
  }

  // Vectors stay inside of each method: C2 makes objects of those handed to a method that it does
  // not inline, and of those that differ by the way that was taken.

  private static void store(float[] t, int at, float floor, float[] y, int yAt) {
    FloatVector least = FloatVector.broadcast(S, floor);
    FloatVector pixel = FloatVector.fromArray(S, t, at);
    pixel.blend(least, pixel.lt(least)).intoArray(y, yAt);
  }

  /** {@code t A + bias} for one row of six: four pixels. */
  static void pixels(float[] t, int at, float[] bias, int biasAt, int to) {
    FloatVector start = FloatVector.fromArray(S, bias, biasAt);
    FloatVector m1 = FloatVector.fromArray(S, t, at + L);
    FloatVector m2 = FloatVector.fromArray(S, t, at + 2 * L);
    FloatVector m3 = FloatVector.fromArray(S, t, at + 3 * L);
    FloatVector m4 = FloatVector.fromArray(S, t, at + 4 * L);
    FloatVector m5 = FloatVector.fromArray(S, t, at + 5 * L);
    FloatVector sum = m1.add(m2);
    FloatVector farSum = m3.add(m4);
    FloatVector low = m1.sub(m2).mul(LOW);
    FloatVector high = m3.sub(m4).mul(HIGH);
    FloatVector.fromArray(S, t, at).add(sum).add(farSum).add(start).intoArray(t, to);
    low.add(high).add(start).intoArray(t, to + L);
    farSum.mul(2f).add(sum.mul(0.5f)).add(start).intoArray(t, to + 2 * L);
    high.mul(2f).add(low.mul(0.5f)).add(m5).add(start).intoArray(t, to + 3 * L);
  }

  /** {@code Aᵀ m}: four rows of six. */
  static void columns(float[] m, int mAt, int step, float[] t) {
    for (int j = 0; j < 6; j++) {
      int in = mAt + j * step;
      int at = j * L;
      FloatVector m1 = FloatVector.fromArray(S, m, in + 6 * step);
      FloatVector m2 = FloatVector.fromArray(S, m, in + 12 * step);
      FloatVector m3 = FloatVector.fromArray(S, m, in + 18 * step);
      FloatVector m4 = FloatVector.fromArray(S, m, in + 24 * step);
      FloatVector low = m1.add(m2);
      FloatVector high = m3.add(m4);
      FloatVector.fromArray(S, m, in).add(low).add(high).intoArray(t, at);
      high.mul(2f).add(low.mul(0.5f)).intoArray(t, at + 12 * L);
      low = m1.sub(m2).mul(LOW);
      high = m3.sub(m4).mul(HIGH);
      low.add(high).intoArray(t, at + 6 * L);
      FloatVector m5 = FloatVector.fromArray(S, m, in + 30 * step);
      high.mul(2f).add(low.mul(0.5f)).add(m5).intoArray(t, at + 18 * L);
    }
  }

  /** {@code A y Aᵀ} of four by four pixels of a result's gradient. */
  static void gradient(
      float[] y,
      int yAt,
      int row,
      int pixel,
      int channels,
      float[] t,
      float[] z,
      int zAt,
      int step) {
    for (int c = 0; c < channels; c += L) {
      for (int j = 0; j < 4; j++) {
        spread(y, yAt + c + j * pixel, row, t, j * L, 4 * L);
      }
      for (int i = 0; i < 6; i++) {
        spread(t, 4 * i * L, L, z, zAt + c + 6 * i * step, step);
      }
    }
  }

  /** {@code A} times a column of four. */
  private static void spread(float[] from, int at, int step, float[] to, int toAt, int toStep) {
    FloatVector y0 = FloatVector.fromArray(S, from, at);
    FloatVector y1 = FloatVector.fromArray(S, from, at + step);
    FloatVector y2 = FloatVector.fromArray(S, from, at + 2 * step);
    FloatVector y3 = FloatVector.fromArray(S, from, at + 3 * step);
    y0.intoArray(to, toAt);
    y3.intoArray(to, toAt + 5 * toStep);
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    FloatVector even = y2.fma(half, y0);
    FloatVector odd = y3.fma(half, y1).mul(LOW);
    even.add(odd).intoArray(to, toAt + toStep);
    even.sub(odd).intoArray(to, toAt + 2 * toStep);
    FloatVector two = FloatVector.broadcast(S, 2f);
    even = y2.fma(two, y0);
    odd = y3.fma(two, y1).mul(HIGH);
    even.add(odd).intoArray(to, toAt + 3 * toStep);
    even.sub(odd).intoArray(to, toAt + 4 * toStep);
  }
}
