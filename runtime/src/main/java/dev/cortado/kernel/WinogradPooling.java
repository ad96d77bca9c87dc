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
    FloatVector least = FloatVector.broadcast(S, floor);
    for (int c = 0; c < channels; c += L) {
      WinogradTransforms.columns(m, mAt + c, step, t);
      FloatVector start = FloatVector.fromArray(S, bias, biasAt + c);
      for (int i = 0; i < rows; i++) {
        int at = 12 * i * L;
        int out = yAt + c + i * row;
        FloatVector y0 = firstTwo(t, at).max(firstTwo(t, at + 6 * L)).add(start);
        y0.blend(least, y0.lt(least)).intoArray(y, out);
        if (columns > 1) {
          FloatVector y1 = lastTwo(t, at).max(lastTwo(t, at + 6 * L)).add(start);
          y1.blend(least, y1.lt(least)).intoArray(y, out + pixel);
        }
      }
    }
  }

  private static FloatVector firstTwo(float[] t, int at) {
    FloatVector m1 = FloatVector.fromArray(S, t, at + L);
    FloatVector m2 = FloatVector.fromArray(S, t, at + 2 * L);
    FloatVector m3 = FloatVector.fromArray(S, t, at + 3 * L);
    FloatVector m4 = FloatVector.fromArray(S, t, at + 4 * L);
    FloatVector y0 = FloatVector.fromArray(S, t, at).add(m1.add(m2)).add(m3.add(m4));
    FloatVector low = m1.sub(m2).mul(WinogradTransforms.LOW);
    return y0.max(low.add(m3.sub(m4).mul(WinogradTransforms.HIGH)));
  }

  private static FloatVector lastTwo(float[] t, int at) {
    FloatVector m1 = FloatVector.fromArray(S, t, at + L);
    FloatVector m2 = FloatVector.fromArray(S, t, at + 2 * L);
    FloatVector m3 = FloatVector.fromArray(S, t, at + 3 * L);
    FloatVector m4 = FloatVector.fromArray(S, t, at + 4 * L);
    FloatVector y2 = m3.add(m4).mul(2f).add(m1.add(m2).mul(0.5f));
    FloatVector low = m1.sub(m2).mul(WinogradTransforms.LOW);
    FloatVector high = m3.sub(m4).mul(WinogradTransforms.HIGH);
    FloatVector m5 = FloatVector.fromArray(S, t, at + 5 * L);
    return y2.max(high.mul(2f).add(low.mul(0.5f)).add(m5));
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
    FloatVector least = FloatVector.broadcast(S, floor);
    for (int c = 0; c < channels; c += L) {
      WinogradTransforms.columns(m, mAt + c, step, t);
      FloatVector start = FloatVector.fromArray(S, bias, biasAt + c);
      for (int i = 0; i < rows; i++) {
        pixels(t, 12 * i * L, start, 24 * L);
        pixels(t, (12 * i + 6) * L, start, 28 * L);
        for (int j = 0; j < columns; j++) {
          int at = (24 + 2 * j) * L;
          int to = c + i * row + j * pixel;
          FloatVector y0 = FloatVector.fromArray(S, t, at);
          FloatVector y1 = FloatVector.fromArray(S, t, at + L);
          FloatVector y2 = FloatVector.fromArray(S, t, at + 4 * L);
          FloatVector y3 = FloatVector.fromArray(S, t, at + 5 * L);
          FloatVector most = y0.max(y1).max(y2.max(y3));
          most.blend(least, most.lt(least)).intoArray(y, yAt + to);
          VectorHalving.winner(y0, y1, y2, y3, cutOff).intoArray(winners, winnersAt + to);
        }
      }
    }
  }

  /** Four pixels of a row. */
  private static void pixels(float[] t, int at, FloatVector start, int to) {
    FloatVector m1 = FloatVector.fromArray(S, t, at + L);
    FloatVector m2 = FloatVector.fromArray(S, t, at + 2 * L);
    FloatVector m3 = FloatVector.fromArray(S, t, at + 3 * L);
    FloatVector m4 = FloatVector.fromArray(S, t, at + 4 * L);
    FloatVector low = m1.add(m2);
    FloatVector high = m3.add(m4);
    FloatVector.fromArray(S, t, at).add(low).add(high).add(start).intoArray(t, to);
    high.mul(2f).add(low.mul(0.5f)).add(start).intoArray(t, to + 2 * L);
    low = m1.sub(m2).mul(WinogradTransforms.LOW);
    high = m3.sub(m4).mul(WinogradTransforms.HIGH);
    low.add(high).add(start).intoArray(t, to + L);
    FloatVector m5 = FloatVector.fromArray(S, t, at + 5 * L);
    high.mul(2f).add(low.mul(0.5f)).add(m5).add(start).intoArray(t, to + 3 * L);
  }
}
