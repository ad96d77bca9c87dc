package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Halving} of one row of windows on the Vector API, of channels that fill whole vectors. */
final class VectorHalving {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private VectorHalving() {}

  static void largest(float[] x, int xAt, int windows, int row, int channels, float[] y, int yAt) {
    for (int window = 0; window < windows; window++) {
      int from = xAt + 2 * window * channels;
      int to = yAt + window * channels;
      for (int c = 0; c < channels; c += L) {
        int at = from + c;
        FloatVector above =
            FloatVector.fromArray(S, x, at).max(FloatVector.fromArray(S, x, at + channels));
        FloatVector lower =
            FloatVector.fromArray(S, x, at + row)
                .max(FloatVector.fromArray(S, x, at + row + channels));
        above.max(lower).intoArray(y, to + c);
      }
    }
  }

  static void winners(
      float[] x,
      int xAt,
      int windows,
      int row,
      int channels,
      float cutOff,
      float[] winners,
      int winnersAt) {
    for (int window = 0; window < windows; window++) {
      int from = xAt + 2 * window * channels;
      int to = winnersAt + window * channels;
      for (int c = 0; c < channels; c += L) {
        int at = from + c;
        winner(x, at, channels, row, cutOff, winners, to + c);
      }
    }
  }

  /**
   * Who of four is the first largest: of those at {@code at}, {@code right} of it, {@code below} it
   * and both.
   */
  static void winner(
      float[] x, int at, int right, int below, float cutOff, float[] winners, int winnersAt) {
    FloatVector x0 = FloatVector.fromArray(S, x, at);
    FloatVector x1 = FloatVector.fromArray(S, x, at + right);
    FloatVector x2 = FloatVector.fromArray(S, x, at + below);
    FloatVector x3 = FloatVector.fromArray(S, x, at + below + right);
    VectorMask<Float> isRight = x1.compare(VectorOperators.GT, x0);
    VectorMask<Float> isRightBelow = x3.compare(VectorOperators.GT, x2);
    FloatVector above = x0.blend(x1, isRight);
    FloatVector lower = x2.blend(x3, isRightBelow);
    VectorMask<Float> isBelow = lower.compare(VectorOperators.GT, above);
    FloatVector first = FloatVector.zero(S).blend(1f, isRight);
    FloatVector second = FloatVector.broadcast(S, 2f).blend(3f, isRightBelow);
    FloatVector most = above.blend(lower, isBelow);
    first
        .blend(second, isBelow)
        .blend(Halving.NOBODY, most.compare(VectorOperators.LE, cutOff))
        .intoArray(winners, winnersAt);
  }

  static void spread(
      float[] winners,
      int winnersAt,
      float[] gy,
      int gyAt,
      int windows,
      int row,
      int channels,
      float[] gx,
      int gxAt) {
    FloatVector zero = FloatVector.zero(S);
    for (int window = 0; window < windows; window++) {
      for (int c = 0; c < channels; c += L) {
        int from = window * channels + c;
        int to = gxAt + 2 * window * channels + c;
        FloatVector winner = FloatVector.fromArray(S, winners, winnersAt + from);
        FloatVector g = FloatVector.fromArray(S, gy, gyAt + from);
        zero.blend(g, winner.compare(VectorOperators.EQ, 0f)).intoArray(gx, to);
        zero.blend(g, winner.compare(VectorOperators.EQ, 1f)).intoArray(gx, to + channels);
        zero.blend(g, winner.compare(VectorOperators.EQ, 2f)).intoArray(gx, to + row);
        zero.blend(g, winner.compare(VectorOperators.EQ, 3f)).intoArray(gx, to + row + channels);
      }
    }
  }
}
