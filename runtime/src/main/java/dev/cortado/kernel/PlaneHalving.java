package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * {@link Halving} of two rows of a plane on the Vector API: windows lie side by side, so even and
 * odd columns are taken apart, and put together on the way back.
 */
final class PlaneHalving {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** Lanes 0, 2, 4, … of two vectors, as far as each has them. */
  private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(S, i -> 2 * i % L);

  private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(S, i -> 2 * i % L + 1);

  /** Each lane of the lower, of the upper half twice. */
  private static final VectorShuffle<Float> LOWER = VectorShuffle.fromOp(S, i -> i / 2);

  private static final VectorShuffle<Float> UPPER = VectorShuffle.fromOp(S, i -> (i + L) / 2);
  private static final VectorMask<Float> SECOND_HALF =
      VectorMask.fromLong(S, (1L << L) - (1L << (L / 2)));
  private static final VectorMask<Float> ODD_LANES =
      VectorMask.fromLong(S, 0xAAAAAAAAAAAAAAAAL & ((1L << L) - 1));

  private PlaneHalving() {}

  /**
   * The largest of each window and, unless {@code winners} is null, who it is.
   *
   * @param row distance of the two rows
   */
  static void halve(
      float[] x,
      int xAt,
      int windows,
      int row,
      float cutOff,
      float[] y,
      int yAt,
      float @Nullable [] winners,
      int winnersAt) {
    for (int w = 0; w < windows; w += L) {
      int columns = 2 * (windows - w);
      VectorMask<Float> m0 = S.indexInRange(0, columns);
      VectorMask<Float> m1 = S.indexInRange(L, columns);
      int at = xAt + 2 * w;
      FloatVector a = FloatVector.fromArray(S, x, at, m0);
      FloatVector b = FloatVector.fromArray(S, x, at + L, m1);
      FloatVector c = FloatVector.fromArray(S, x, at + row, m0);
      FloatVector d = FloatVector.fromArray(S, x, at + row + L, m1);
      VectorMask<Float> inside = S.indexInRange(w, windows);
      if (winners == null) {
        FloatVector first = a.max(c);
        FloatVector second = b.max(d);
        even(first, second).max(odd(first, second)).intoArray(y, yAt + w, inside);
      } else {
        float[] t = Scratch.local().tile();
        even(a, b).intoArray(t, 0);
        odd(a, b).intoArray(t, L);
        even(c, d).intoArray(t, 2 * L);
        odd(c, d).intoArray(t, 3 * L);
        FloatVector above = FloatVector.fromArray(S, t, 0).max(FloatVector.fromArray(S, t, L));
        FloatVector lower =
            FloatVector.fromArray(S, t, 2 * L).max(FloatVector.fromArray(S, t, 3 * L));
        above.max(lower).intoArray(y, yAt + w, inside);
        VectorHalving.winner(t, 0, L, 2 * L, cutOff, t, 4 * L);
        FloatVector.fromArray(S, t, 4 * L).intoArray(winners, winnersAt + w, inside);
      }
    }
  }

  /** The gradient of the two rows from that of their windows. */
  static void spread(
      float[] winners,
      int winnersAt,
      float[] gy,
      int gyAt,
      int windows,
      int row,
      float[] gx,
      int gxAt) {
    FloatVector zero = FloatVector.zero(S);
    for (int w = 0; w < windows; w += L) {
      int columns = 2 * (windows - w);
      VectorMask<Float> m0 = S.indexInRange(0, columns);
      VectorMask<Float> m1 = S.indexInRange(L, columns);
      VectorMask<Float> inside = S.indexInRange(w, windows);
      FloatVector winner = FloatVector.fromArray(S, winners, winnersAt + w, inside);
      FloatVector g = FloatVector.fromArray(S, gy, gyAt + w, inside);
      FloatVector x0 = zero.blend(g, winner.compare(VectorOperators.EQ, 0f));
      FloatVector x1 = zero.blend(g, winner.compare(VectorOperators.EQ, 1f));
      FloatVector x2 = zero.blend(g, winner.compare(VectorOperators.EQ, 2f));
      FloatVector x3 = zero.blend(g, winner.compare(VectorOperators.EQ, 3f));
      int out = gxAt + 2 * w;
      interleave(x0, x1, gx, out, m0, m1);
      interleave(x2, x3, gx, out + row, m0, m1);
    }
  }

  /** Elements 0, 2, 4, … of two vectors side by side. */
  static FloatVector even(FloatVector a, FloatVector b) {
    return a.rearrange(EVEN).blend(b.rearrange(EVEN), SECOND_HALF);
  }

  /** Elements 1, 3, 5, …. */
  static FloatVector odd(FloatVector a, FloatVector b) {
    return a.rearrange(ODD).blend(b.rearrange(ODD), SECOND_HALF);
  }

  /** The way back: even and odd elements put together. */
  static void interleave(
      FloatVector even,
      FloatVector odd,
      float[] to,
      int at,
      VectorMask<Float> m0,
      VectorMask<Float> m1) {
    even.rearrange(LOWER).blend(odd.rearrange(LOWER), ODD_LANES).intoArray(to, at, m0);
    even.rearrange(UPPER).blend(odd.rearrange(UPPER), ODD_LANES).intoArray(to, at + L, m1);
  }
}
