package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Products that need no packing: dot products of rows with rows, and sums of weighted rows. */
final class RowProducts {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private RowProducts() {}

  /**
   * {@code c[i][j] = dot(row i of a, row j of b)} for {@code i} in {@code [i0, i1)} and {@code j}
   * in {@code [j0, j1)}; rows are {@code k} long, rows of c are {@code cRow} apart.
   */
  static void dots(
      int i0,
      int i1,
      int j0,
      int j1,
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cRow,
      boolean add) {
    float[] sums = Scratch.local().result(16 * L);
    int first = j0;
    if (i1 - i0 == 1 && k % L == 0) {
      for (; first <= j1 - 8; first += 8) {
        dots8(k, a, aAt + i0 * k, b, bAt + first * k, c, cAt + i0 * cRow + first, add);
      }
    }
    for (int j = first; j < j1; j += 4) {
      int columns = Math.min(4, j1 - j);
      int bRow = bAt + j * k;
      for (int i = i0; i < i1; i += 4) {
        int rows = Math.min(4, i1 - i);
        int aRow = aAt + i * k;
        if (rows == 1) {
          dots1(k, a, aRow, b, bRow, columns, sums);
        } else {
          dots4(k, a, aRow, rows, b, bRow, columns, sums);
        }
        for (int r = 0; r < rows; r++) {
          int cRowAt = cAt + (i + r) * cRow + j;
          finish(k, a, aRow + r * k, b, bRow, columns, sums, r * 4 * L, c, cRowAt, add);
        }
      }
    }
  }

  /** One row of a, of whole vectors, with eight of b. */
  private static void dots8(
      int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, boolean add) {
    int b1 = bAt + k;
    int b2 = bAt + 2 * k;
    int b3 = bAt + 3 * k;
    int b4 = bAt + 4 * k;
    int b5 = bAt + 5 * k;
    int b6 = bAt + 6 * k;
    int b7 = bAt + 7 * k;
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int p = 0; p < k; p += L) {
      FloatVector v = FloatVector.fromArray(S, a, aAt + p);
      s0 = v.fma(FloatVector.fromArray(S, b, bAt + p), s0);
      s1 = v.fma(FloatVector.fromArray(S, b, b1 + p), s1);
      s2 = v.fma(FloatVector.fromArray(S, b, b2 + p), s2);
      s3 = v.fma(FloatVector.fromArray(S, b, b3 + p), s3);
      s4 = v.fma(FloatVector.fromArray(S, b, b4 + p), s4);
      s5 = v.fma(FloatVector.fromArray(S, b, b5 + p), s5);
      s6 = v.fma(FloatVector.fromArray(S, b, b6 + p), s6);
      s7 = v.fma(FloatVector.fromArray(S, b, b7 + p), s7);
    }
    FloatVector low = LaneSums.of(s0, s1, s2, s3);
    FloatVector high = LaneSums.of(s4, s5, s6, s7);
    c[cAt] = low.lane(0) + (add ? c[cAt] : 0);
    c[cAt + 1] = low.lane(L / 2) + (add ? c[cAt + 1] : 0);
    c[cAt + 2] = low.lane(L / 4) + (add ? c[cAt + 2] : 0);
    c[cAt + 3] = low.lane(L / 2 + L / 4) + (add ? c[cAt + 3] : 0);
    c[cAt + 4] = high.lane(0) + (add ? c[cAt + 4] : 0);
    c[cAt + 5] = high.lane(L / 2) + (add ? c[cAt + 5] : 0);
    c[cAt + 6] = high.lane(L / 4) + (add ? c[cAt + 6] : 0);
    c[cAt + 7] = high.lane(L / 2 + L / 4) + (add ? c[cAt + 7] : 0);
  }

  /**
   * The vectors of sums of one row of a with four of b, but for the last, partial vector of the
   * rows.
   */
  private static void dots1(
      int k, float[] a, int aAt, float[] b, int bAt, int columns, float[] sums) {
    int b1 = bAt + Math.min(1, columns - 1) * k;
    int b2 = bAt + Math.min(2, columns - 1) * k;
    int b3 = bAt + Math.min(3, columns - 1) * k;
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int p = 0; p <= k - L; p += L) {
      FloatVector v = FloatVector.fromArray(S, a, aAt + p);
      s0 = v.fma(FloatVector.fromArray(S, b, bAt + p), s0);
      s1 = v.fma(FloatVector.fromArray(S, b, b1 + p), s1);
      s2 = v.fma(FloatVector.fromArray(S, b, b2 + p), s2);
      s3 = v.fma(FloatVector.fromArray(S, b, b3 + p), s3);
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, L);
    s2.intoArray(sums, 2 * L);
    s3.intoArray(sums, 3 * L);
  }

  /** The same for four rows of a. */
  private static void dots4(
      int k, float[] a, int aAt, int rows, float[] b, int bAt, int columns, float[] sums) {
    int a1 = aAt + Math.min(1, rows - 1) * k;
    int a2 = aAt + Math.min(2, rows - 1) * k;
    int a3 = aAt + Math.min(3, rows - 1) * k;
    int b1 = bAt + Math.min(1, columns - 1) * k;
    int b2 = bAt + Math.min(2, columns - 1) * k;
    int b3 = bAt + Math.min(3, columns - 1) * k;
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = FloatVector.zero(S);
    FloatVector s02 = FloatVector.zero(S);
    FloatVector s03 = FloatVector.zero(S);
    FloatVector s10 = FloatVector.zero(S);
    FloatVector s11 = FloatVector.zero(S);
    FloatVector s12 = FloatVector.zero(S);
    FloatVector s13 = FloatVector.zero(S);
    FloatVector s20 = FloatVector.zero(S);
    FloatVector s21 = FloatVector.zero(S);
    FloatVector s22 = FloatVector.zero(S);
    FloatVector s23 = FloatVector.zero(S);
    FloatVector s30 = FloatVector.zero(S);
    FloatVector s31 = FloatVector.zero(S);
    FloatVector s32 = FloatVector.zero(S);
    FloatVector s33 = FloatVector.zero(S);
    for (int p = 0; p <= k - L; p += L) {
      FloatVector v0 = FloatVector.fromArray(S, b, bAt + p);
      FloatVector v1 = FloatVector.fromArray(S, b, b1 + p);
      FloatVector v2 = FloatVector.fromArray(S, b, b2 + p);
      FloatVector v3 = FloatVector.fromArray(S, b, b3 + p);
      FloatVector u = FloatVector.fromArray(S, a, aAt + p);
      s00 = u.fma(v0, s00);
      s01 = u.fma(v1, s01);
      s02 = u.fma(v2, s02);
      s03 = u.fma(v3, s03);
      u = FloatVector.fromArray(S, a, a1 + p);
      s10 = u.fma(v0, s10);
      s11 = u.fma(v1, s11);
      s12 = u.fma(v2, s12);
      s13 = u.fma(v3, s13);
      u = FloatVector.fromArray(S, a, a2 + p);
      s20 = u.fma(v0, s20);
      s21 = u.fma(v1, s21);
      s22 = u.fma(v2, s22);
      s23 = u.fma(v3, s23);
      u = FloatVector.fromArray(S, a, a3 + p);
      s30 = u.fma(v0, s30);
      s31 = u.fma(v1, s31);
      s32 = u.fma(v2, s32);
      s33 = u.fma(v3, s33);
    }
    s00.intoArray(sums, 0);
    s01.intoArray(sums, L);
    s02.intoArray(sums, 2 * L);
    s03.intoArray(sums, 3 * L);
    s10.intoArray(sums, 4 * L);
    s11.intoArray(sums, 5 * L);
    s12.intoArray(sums, 6 * L);
    s13.intoArray(sums, 7 * L);
    s20.intoArray(sums, 8 * L);
    s21.intoArray(sums, 9 * L);
    s22.intoArray(sums, 10 * L);
    s23.intoArray(sums, 11 * L);
    s30.intoArray(sums, 12 * L);
    s31.intoArray(sums, 13 * L);
    s32.intoArray(sums, 14 * L);
    s33.intoArray(sums, 15 * L);
  }

  /**
   * Adds what the last, partial vector brings, sums over the lanes and stores up to four results.
   */
  private static void finish(
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int columns,
      float[] sums,
      int at,
      float[] c,
      int cAt,
      boolean add) {
    FloatVector s0 = FloatVector.fromArray(S, sums, at);
    FloatVector s1 = FloatVector.fromArray(S, sums, at + L);
    FloatVector s2 = FloatVector.fromArray(S, sums, at + 2 * L);
    FloatVector s3 = FloatVector.fromArray(S, sums, at + 3 * L);
    int whole = k / L * L;
    if (whole < k) {
      VectorMask<Float> rest = S.indexInRange(whole, k);
      int bEnd = bAt + whole;
      FloatVector u = FloatVector.fromArray(S, a, aAt + whole, rest);
      s0 = u.fma(FloatVector.fromArray(S, b, bEnd, rest), s0);
      s1 = u.fma(FloatVector.fromArray(S, b, bEnd + Math.min(1, columns - 1) * k, rest), s1);
      s2 = u.fma(FloatVector.fromArray(S, b, bEnd + Math.min(2, columns - 1) * k, rest), s2);
      s3 = u.fma(FloatVector.fromArray(S, b, bEnd + Math.min(3, columns - 1) * k, rest), s3);
    }
    FloatVector totals = LaneSums.of(s0, s1, s2, s3);
    c[cAt] = totals.lane(0) + (add ? c[cAt] : 0);
    if (columns > 1) {
      c[cAt + 1] = totals.lane(L / 2) + (add ? c[cAt + 1] : 0);
    }
    if (columns > 2) {
      c[cAt + 2] = totals.lane(L / 4) + (add ? c[cAt + 2] : 0);
    }
    if (columns > 3) {
      c[cAt + 3] = totals.lane(L / 2 + L / 4) + (add ? c[cAt + 3] : 0);
    }
  }

  /**
   * {@code c[j] = sum over p of a[p] * b[p][j]} for {@code j} in {@code [j0, j1)}: rows of b,
   * {@code bRow} apart, each weighted by an element of a.
   */
  static void combine(
      int j0,
      int j1,
      int bRow,
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      boolean add) {
    int j = j0;
    for (; j <= j1 - 4 * L; j += 4 * L) {
      combine4(bRow, k, a, aAt, b, bAt + j, c, cAt + j, add);
    }
    for (; j < j1; j += L) {
      combine1(bRow, k, a, aAt, b, bAt + j, c, cAt + j, Math.min(L, j1 - j), add);
    }
  }

  private static void combine4(
      int bRow, int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, boolean add) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    if (add) {
      s0 = FloatVector.fromArray(S, c, cAt);
      s1 = FloatVector.fromArray(S, c, cAt + L);
      s2 = FloatVector.fromArray(S, c, cAt + 2 * L);
      s3 = FloatVector.fromArray(S, c, cAt + 3 * L);
    }
    int row = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector v = FloatVector.broadcast(S, a[aAt + p]);
      s0 = v.fma(FloatVector.fromArray(S, b, row), s0);
      s1 = v.fma(FloatVector.fromArray(S, b, row + L), s1);
      s2 = v.fma(FloatVector.fromArray(S, b, row + 2 * L), s2);
      s3 = v.fma(FloatVector.fromArray(S, b, row + 3 * L), s3);
      row += bRow;
    }
    s0.intoArray(c, cAt);
    s1.intoArray(c, cAt + L);
    s2.intoArray(c, cAt + 2 * L);
    s3.intoArray(c, cAt + 3 * L);
  }

  private static void combine1(
      int bRow,
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int lanes,
      boolean add) {
    VectorMask<Float> mask = S.indexInRange(0, lanes);
    FloatVector sum = add ? FloatVector.fromArray(S, c, cAt, mask) : FloatVector.zero(S);
    int row = bAt;
    for (int p = 0; p < k; p++) {
      FloatVector v = FloatVector.broadcast(S, a[aAt + p]);
      sum = v.fma(FloatVector.fromArray(S, b, row, mask), sum);
      row += bRow;
    }
    sum.intoArray(c, cAt, mask);
  }
}
