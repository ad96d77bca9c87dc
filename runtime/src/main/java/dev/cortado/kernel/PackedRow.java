package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * One row times a {@link PackedMatrix}. The matrix streams from the second-level cache, in the
 * order in which it lies; eight sums of vectors at a time are independent of each other, so that no
 * multiplication waits for the one before. Loops count places of the matrix and not its rows: so C2
 * checks their bounds once and not at every load, which took half as long again.
 */
final class PackedRow {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int BROAD = Tiles.BROAD;

  private PackedRow() {}

  /**
   * {@code c = max(floor, a B + start)}, where the start is what c holds if {@code add}, else the
   * bias if there is one, for panels {@code [from, to)}.
   */
  static void run(
      int n,
      int k,
      int from,
      int to,
      float[] a,
      int aAt,
      float[] panels,
      boolean add,
      float @Nullable [] bias,
      int biasAt,
      float floor,
      float[] c,
      int cAt) {
    float[] sums = Scratch.local().tile();
    for (int panel = from; panel < to; panel++) {
      int j = panel * BROAD;
      int columns = Math.min(BROAD, n - j);
      if (columns > 2 * L) {
        four(k, a, aAt, panels, j * k, sums);
      } else if (columns > L) {
        two(k, a, aAt, panels, j * k, sums);
      } else {
        one(k, a, aAt, panels, j * k, sums);
      }
      if (add) {
        store(sums, columns, c, cAt + j, floor, c, cAt + j);
      } else if (bias != null) {
        store(sums, columns, bias, biasAt + j, floor, c, cAt + j);
      } else {
        store(sums, columns, floor, c, cAt + j);
      }
    }
  }

  /** A panel of four vectors; the sums of even and of odd steps are kept apart. */
  private static void four(int k, float[] a, int aAt, float[] b, int bAt, float[] sums) {
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    int at = bAt;
    int p = aAt;
    for (int end = bAt + k / 2 * 8 * L; at < end; at += 8 * L) {
      FloatVector v = FloatVector.broadcast(S, a[p]);
      s00 = v.fma(FloatVector.fromArray(S, b, at), s00);
      s01 = v.fma(FloatVector.fromArray(S, b, at + L), s01);
      s02 = v.fma(FloatVector.fromArray(S, b, at + 2 * L), s02);
      s03 = v.fma(FloatVector.fromArray(S, b, at + 3 * L), s03);
      FloatVector w = FloatVector.broadcast(S, a[p + 1]);
      s10 = w.fma(FloatVector.fromArray(S, b, at + 4 * L), s10);
      s11 = w.fma(FloatVector.fromArray(S, b, at + 5 * L), s11);
      s12 = w.fma(FloatVector.fromArray(S, b, at + 6 * L), s12);
      s13 = w.fma(FloatVector.fromArray(S, b, at + 7 * L), s13);
      p += 2;
    }
    if (k % 2 != 0) {
      FloatVector v = FloatVector.broadcast(S, a[p]);
      s00 = v.fma(FloatVector.fromArray(S, b, at), s00);
      s01 = v.fma(FloatVector.fromArray(S, b, at + L), s01);
      s02 = v.fma(FloatVector.fromArray(S, b, at + 2 * L), s02);
      s03 = v.fma(FloatVector.fromArray(S, b, at + 3 * L), s03);
    }
    s00.add(s10).intoArray(sums, 0);
    s01.add(s11).intoArray(sums, L);
    s02.add(s12).intoArray(sums, 2 * L);
    s03.add(s13).intoArray(sums, 3 * L);
  }

  /** A panel of two vectors; sums of every fourth step. */
  private static void two(int k, float[] a, int aAt, float[] b, int bAt, float[] sums) {
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    int at = bAt;
    int p = aAt;
    for (int end = bAt + k / 4 * 8 * L; at < end; at += 8 * L) {
      FloatVector v = FloatVector.broadcast(S, a[p]);
      s00 = v.fma(FloatVector.fromArray(S, b, at), s00);
      s01 = v.fma(FloatVector.fromArray(S, b, at + L), s01);
      v = FloatVector.broadcast(S, a[p + 1]);
      s10 = v.fma(FloatVector.fromArray(S, b, at + 2 * L), s10);
      s11 = v.fma(FloatVector.fromArray(S, b, at + 3 * L), s11);
      v = FloatVector.broadcast(S, a[p + 2]);
      s20 = v.fma(FloatVector.fromArray(S, b, at + 4 * L), s20);
      s21 = v.fma(FloatVector.fromArray(S, b, at + 5 * L), s21);
      v = FloatVector.broadcast(S, a[p + 3]);
      s30 = v.fma(FloatVector.fromArray(S, b, at + 6 * L), s30);
      s31 = v.fma(FloatVector.fromArray(S, b, at + 7 * L), s31);
      p += 4;
    }
    for (; p < aAt + k; p++) {
      FloatVector v = FloatVector.broadcast(S, a[p]);
      s00 = v.fma(FloatVector.fromArray(S, b, at), s00);
      s01 = v.fma(FloatVector.fromArray(S, b, at + L), s01);
      at += 2 * L;
    }
    s00.add(s10).add(s20.add(s30)).intoArray(sums, 0);
    s01.add(s11).add(s21.add(s31)).intoArray(sums, L);
  }

  /** A panel of one vector; sums of every fourth step. */
  private static void one(int k, float[] a, int aAt, float[] b, int bAt, float[] sums) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int at = bAt;
    int p = aAt;
    for (int end = bAt + k / 4 * 4 * L; at < end; at += 4 * L) {
      FloatVector v = FloatVector.broadcast(S, a[p]);
      s0 = v.fma(FloatVector.fromArray(S, b, at), s0);
      v = FloatVector.broadcast(S, a[p + 1]);
      s1 = v.fma(FloatVector.fromArray(S, b, at + L), s1);
      v = FloatVector.broadcast(S, a[p + 2]);
      s2 = v.fma(FloatVector.fromArray(S, b, at + 2 * L), s2);
      v = FloatVector.broadcast(S, a[p + 3]);
      s3 = v.fma(FloatVector.fromArray(S, b, at + 3 * L), s3);
      p += 4;
    }
    for (; p < aAt + k; p++) {
      FloatVector v = FloatVector.broadcast(S, a[p]);
      s0 = v.fma(FloatVector.fromArray(S, b, at), s0);
      at += L;
    }
    s0.add(s1).add(s2.add(s3)).intoArray(sums, 0);
  }

  private static void store(
      float[] sums, int columns, float[] start, int startAt, float floor, float[] c, int cAt) {
    int j = 0;
    for (; j <= columns - L; j += L) {
      FloatVector from = FloatVector.fromArray(S, start, startAt + j);
      from.add(FloatVector.fromArray(S, sums, j)).max(floor).intoArray(c, cAt + j);
    }
    if (j < columns) {
      VectorMask<Float> in = S.indexInRange(j, columns);
      FloatVector from = FloatVector.fromArray(S, start, startAt + j, in);
      from.add(FloatVector.fromArray(S, sums, j)).max(floor).intoArray(c, cAt + j, in);
    }
  }

  private static void store(float[] sums, int columns, float floor, float[] c, int cAt) {
    int j = 0;
    for (; j <= columns - L; j += L) {
      FloatVector.fromArray(S, sums, j).max(floor).intoArray(c, cAt + j);
    }
    if (j < columns) {
      VectorMask<Float> in = S.indexInRange(j, columns);
      FloatVector.fromArray(S, sums, j).max(floor).intoArray(c, cAt + j, in);
    }
  }
}
