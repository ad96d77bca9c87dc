package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link WinogradTransforms#result} pooled by windows of two by two: four windows a square, of
 * which nothing else is stored.
 */
final class WinogradPooling {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private WinogradPooling() {}

  /**
   * The largest of each window.
   *
   * @param rows rows of windows, one or two
   * @param columns columns of windows, one or two
   * @param row distance of the rows of {@code y}
   * @param pixel distance of the elements of a row
   */
  static void largest(
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
      WinogradTransforms.columns(m, mAt + c, step, t);
      for (int i = 0; i < rows; i++) {
        pairs(t, 12 * i * L, 24 * L);
        pairs(t, (12 * i + 6) * L, 26 * L);
        for (int j = 0; j < columns; j++) {
          int to = yAt + c + i * row + j * pixel;
          larger(t, (24 + j) * L, (26 + j) * L, bias, biasAt + c, floor, y, to);
        }
      }
    }
  }

  // Vectors stay inside of each method: C2 makes objects of those handed to a method that it does
  // not inline.

  /** The larger of the first two and of the last two of the four pixels of a row. */
  private static void pairs(float[] t, int at, int to) {
    FloatVector m1 = FloatVector.fromArray(S, t, at + L);
    FloatVector m2 = FloatVector.fromArray(S, t, at + 2 * L);
    FloatVector m3 = FloatVector.fromArray(S, t, at + 3 * L);
    FloatVector m4 = FloatVector.fromArray(S, t, at + 4 * L);
    FloatVector m5 = FloatVector.fromArray(S, t, at + 5 * L);
    FloatVector y0 = FloatVector.fromArray(S, t, at).add(m1.add(m2)).add(m3.add(m4));
    FloatVector y2 = m3.add(m4).mul(2f).add(m1.add(m2).mul(0.5f));
    FloatVector low = m1.sub(m2).mul(WinogradTransforms.LOW);
    FloatVector high = m3.sub(m4).mul(WinogradTransforms.HIGH);
    y0.max(low.add(high)).intoArray(t, to);
    y2.max(high.mul(2f).add(low.mul(0.5f)).add(m5)).intoArray(t, to + L);
  }

  /** The larger of two with the bias, cut off below. */
  private static void larger(
      float[] t, int one, int other, float[] bias, int biasAt, float floor, float[] y, int yAt) {
    FloatVector least = FloatVector.broadcast(S, floor);
    FloatVector most =
        FloatVector.fromArray(S, t, one)
            .max(FloatVector.fromArray(S, t, other))
            .add(FloatVector.fromArray(S, bias, biasAt));
    most.blend(least, most.lt(least)).intoArray(y, yAt);
  }

  /**
   * The largest of each window and who it is.
   *
   * @see Halving#winners
   */
  static void winners(
      float[] m,
      int mAt,
      int step,
      int channels,
      float[] t,
      float[] bias,
      int biasAt,
      float floor,
      float cutOff,
      float[] y,
      int yAt,
      float[] winners,
      int winnersAt,
      int rows,
      int columns,
      int row,
      int pixel) {
    for (int c = 0; c < channels; c += L) {
      WinogradTransforms.columns(m, mAt + c, step, t);
      for (int i = 0; i < rows; i++) {
        WinogradTransforms.pixels(t, 12 * i * L, bias, biasAt + c, 24 * L);
        WinogradTransforms.pixels(t, (12 * i + 6) * L, bias, biasAt + c, 28 * L);
        for (int j = 0; j < columns; j++) {
          int at = (24 + 2 * j) * L;
          int to = c + i * row + j * pixel;
          largest(t, at, floor, y, yAt + to);
          VectorHalving.winner(t, at, L, 4 * L, cutOff, winners, winnersAt + to);
        }
      }
    }
  }

  private static void largest(float[] t, int at, float floor, float[] y, int yAt) {
    FloatVector least = FloatVector.broadcast(S, floor);
    FloatVector above = FloatVector.fromArray(S, t, at).max(FloatVector.fromArray(S, t, at + L));
    FloatVector lower =
        FloatVector.fromArray(S, t, at + 4 * L).max(FloatVector.fromArray(S, t, at + 5 * L));
    FloatVector most = above.max(lower);
    most.blend(least, most.lt(least)).intoArray(y, yAt);
  }
}
