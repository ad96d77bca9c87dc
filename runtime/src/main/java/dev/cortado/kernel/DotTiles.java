package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of dot products of rows with shifted windows: {@code sums[r][t] += sum over p of
 * a[r][p] * b[taps[t] + p]}, where each sum is a vector, whose lanes are added at the very end. Row
 * {@code r} of a starts at {@code aBase + r * aRow}, its sum with tap {@code t} stands at {@code
 * sumsBase + r * sumsRow + t * lanes}. {@code count} rows and {@code tapCount} taps count; a tile
 * that is larger computes the last ones again. Tiles of 24 sums would do with fewer reads, but C2
 * then keeps one of them in memory, and every step waits for it.
 */
final class DotTiles {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private DotTiles() {}

  static void sixByThree(
      float[] a,
      int aBase,
      int aRow,
      int count,
      float[] b,
      int bBase,
      int[] taps,
      int tap,
      int tapCount,
      int length,
      float[] sums,
      int sumsBase,
      int sumsRow) {
    int r1 = Math.min(1, count - 1);
    int r2 = Math.min(2, count - 1);
    int r3 = Math.min(3, count - 1);
    int r4 = Math.min(4, count - 1);
    int r5 = Math.min(5, count - 1);
    int a0 = aBase;
    int a1 = aBase + r1 * aRow;
    int a2 = aBase + r2 * aRow;
    int a3 = aBase + r3 * aRow;
    int a4 = aBase + r4 * aRow;
    int a5 = aBase + r5 * aRow;
    int t1 = Math.min(1, tapCount - 1);
    int t2 = Math.min(2, tapCount - 1);
    int b0 = bBase + taps[tap];
    int b1 = bBase + taps[tap + t1];
    int b2 = bBase + taps[tap + t2];
    int s0 = sumsBase;
    FloatVector c00 = FloatVector.fromArray(S, sums, s0);
    FloatVector c01 = FloatVector.fromArray(S, sums, s0 + t1 * L);
    FloatVector c02 = FloatVector.fromArray(S, sums, s0 + t2 * L);
    int s1 = sumsBase + r1 * sumsRow;
    FloatVector c10 = FloatVector.fromArray(S, sums, s1);
    FloatVector c11 = FloatVector.fromArray(S, sums, s1 + t1 * L);
    FloatVector c12 = FloatVector.fromArray(S, sums, s1 + t2 * L);
    int s2 = sumsBase + r2 * sumsRow;
    FloatVector c20 = FloatVector.fromArray(S, sums, s2);
    FloatVector c21 = FloatVector.fromArray(S, sums, s2 + t1 * L);
    FloatVector c22 = FloatVector.fromArray(S, sums, s2 + t2 * L);
    int s3 = sumsBase + r3 * sumsRow;
    FloatVector c30 = FloatVector.fromArray(S, sums, s3);
    FloatVector c31 = FloatVector.fromArray(S, sums, s3 + t1 * L);
    FloatVector c32 = FloatVector.fromArray(S, sums, s3 + t2 * L);
    int s4 = sumsBase + r4 * sumsRow;
    FloatVector c40 = FloatVector.fromArray(S, sums, s4);
    FloatVector c41 = FloatVector.fromArray(S, sums, s4 + t1 * L);
    FloatVector c42 = FloatVector.fromArray(S, sums, s4 + t2 * L);
    int s5 = sumsBase + r5 * sumsRow;
    FloatVector c50 = FloatVector.fromArray(S, sums, s5);
    FloatVector c51 = FloatVector.fromArray(S, sums, s5 + t1 * L);
    FloatVector c52 = FloatVector.fromArray(S, sums, s5 + t2 * L);
    for (int p = 0; p < length; p += L) {
      FloatVector v0 = FloatVector.fromArray(S, b, b0 + p);
      FloatVector v1 = FloatVector.fromArray(S, b, b1 + p);
      FloatVector v2 = FloatVector.fromArray(S, b, b2 + p);
      FloatVector u = FloatVector.fromArray(S, a, a0 + p);
      c00 = u.fma(v0, c00);
      c01 = u.fma(v1, c01);
      c02 = u.fma(v2, c02);
      u = FloatVector.fromArray(S, a, a1 + p);
      c10 = u.fma(v0, c10);
      c11 = u.fma(v1, c11);
      c12 = u.fma(v2, c12);
      u = FloatVector.fromArray(S, a, a2 + p);
      c20 = u.fma(v0, c20);
      c21 = u.fma(v1, c21);
      c22 = u.fma(v2, c22);
      u = FloatVector.fromArray(S, a, a3 + p);
      c30 = u.fma(v0, c30);
      c31 = u.fma(v1, c31);
      c32 = u.fma(v2, c32);
      u = FloatVector.fromArray(S, a, a4 + p);
      c40 = u.fma(v0, c40);
      c41 = u.fma(v1, c41);
      c42 = u.fma(v2, c42);
      u = FloatVector.fromArray(S, a, a5 + p);
      c50 = u.fma(v0, c50);
      c51 = u.fma(v1, c51);
      c52 = u.fma(v2, c52);
    }
    c00.intoArray(sums, s0);
    c01.intoArray(sums, s0 + t1 * L);
    c02.intoArray(sums, s0 + t2 * L);
    c10.intoArray(sums, s1);
    c11.intoArray(sums, s1 + t1 * L);
    c12.intoArray(sums, s1 + t2 * L);
    c20.intoArray(sums, s2);
    c21.intoArray(sums, s2 + t1 * L);
    c22.intoArray(sums, s2 + t2 * L);
    c30.intoArray(sums, s3);
    c31.intoArray(sums, s3 + t1 * L);
    c32.intoArray(sums, s3 + t2 * L);
    c40.intoArray(sums, s4);
    c41.intoArray(sums, s4 + t1 * L);
    c42.intoArray(sums, s4 + t2 * L);
    c50.intoArray(sums, s5);
    c51.intoArray(sums, s5 + t1 * L);
    c52.intoArray(sums, s5 + t2 * L);
  }

  static void fourByFive(
      float[] a,
      int aBase,
      int aRow,
      int count,
      float[] b,
      int bBase,
      int[] taps,
      int tap,
      int tapCount,
      int length,
      float[] sums,
      int sumsBase,
      int sumsRow) {
    int r1 = Math.min(1, count - 1);
    int r2 = Math.min(2, count - 1);
    int r3 = Math.min(3, count - 1);
    int a0 = aBase;
    int a1 = aBase + r1 * aRow;
    int a2 = aBase + r2 * aRow;
    int a3 = aBase + r3 * aRow;
    int t1 = Math.min(1, tapCount - 1);
    int t2 = Math.min(2, tapCount - 1);
    int t3 = Math.min(3, tapCount - 1);
    int t4 = Math.min(4, tapCount - 1);
    int b0 = bBase + taps[tap];
    int b1 = bBase + taps[tap + t1];
    int b2 = bBase + taps[tap + t2];
    int b3 = bBase + taps[tap + t3];
    int b4 = bBase + taps[tap + t4];
    int s0 = sumsBase;
    FloatVector c00 = FloatVector.fromArray(S, sums, s0);
    FloatVector c01 = FloatVector.fromArray(S, sums, s0 + t1 * L);
    FloatVector c02 = FloatVector.fromArray(S, sums, s0 + t2 * L);
    FloatVector c03 = FloatVector.fromArray(S, sums, s0 + t3 * L);
    FloatVector c04 = FloatVector.fromArray(S, sums, s0 + t4 * L);
    int s1 = sumsBase + r1 * sumsRow;
    FloatVector c10 = FloatVector.fromArray(S, sums, s1);
    FloatVector c11 = FloatVector.fromArray(S, sums, s1 + t1 * L);
    FloatVector c12 = FloatVector.fromArray(S, sums, s1 + t2 * L);
    FloatVector c13 = FloatVector.fromArray(S, sums, s1 + t3 * L);
    FloatVector c14 = FloatVector.fromArray(S, sums, s1 + t4 * L);
    int s2 = sumsBase + r2 * sumsRow;
    FloatVector c20 = FloatVector.fromArray(S, sums, s2);
    FloatVector c21 = FloatVector.fromArray(S, sums, s2 + t1 * L);
    FloatVector c22 = FloatVector.fromArray(S, sums, s2 + t2 * L);
    FloatVector c23 = FloatVector.fromArray(S, sums, s2 + t3 * L);
    FloatVector c24 = FloatVector.fromArray(S, sums, s2 + t4 * L);
    int s3 = sumsBase + r3 * sumsRow;
    FloatVector c30 = FloatVector.fromArray(S, sums, s3);
    FloatVector c31 = FloatVector.fromArray(S, sums, s3 + t1 * L);
    FloatVector c32 = FloatVector.fromArray(S, sums, s3 + t2 * L);
    FloatVector c33 = FloatVector.fromArray(S, sums, s3 + t3 * L);
    FloatVector c34 = FloatVector.fromArray(S, sums, s3 + t4 * L);
    for (int p = 0; p < length; p += L) {
      FloatVector v0 = FloatVector.fromArray(S, b, b0 + p);
      FloatVector v1 = FloatVector.fromArray(S, b, b1 + p);
      FloatVector v2 = FloatVector.fromArray(S, b, b2 + p);
      FloatVector v3 = FloatVector.fromArray(S, b, b3 + p);
      FloatVector v4 = FloatVector.fromArray(S, b, b4 + p);
      FloatVector u = FloatVector.fromArray(S, a, a0 + p);
      c00 = u.fma(v0, c00);
      c01 = u.fma(v1, c01);
      c02 = u.fma(v2, c02);
      c03 = u.fma(v3, c03);
      c04 = u.fma(v4, c04);
      u = FloatVector.fromArray(S, a, a1 + p);
      c10 = u.fma(v0, c10);
      c11 = u.fma(v1, c11);
      c12 = u.fma(v2, c12);
      c13 = u.fma(v3, c13);
      c14 = u.fma(v4, c14);
      u = FloatVector.fromArray(S, a, a2 + p);
      c20 = u.fma(v0, c20);
      c21 = u.fma(v1, c21);
      c22 = u.fma(v2, c22);
      c23 = u.fma(v3, c23);
      c24 = u.fma(v4, c24);
      u = FloatVector.fromArray(S, a, a3 + p);
      c30 = u.fma(v0, c30);
      c31 = u.fma(v1, c31);
      c32 = u.fma(v2, c32);
      c33 = u.fma(v3, c33);
      c34 = u.fma(v4, c34);
    }
    c00.intoArray(sums, s0);
    c01.intoArray(sums, s0 + t1 * L);
    c02.intoArray(sums, s0 + t2 * L);
    c03.intoArray(sums, s0 + t3 * L);
    c04.intoArray(sums, s0 + t4 * L);
    c10.intoArray(sums, s1);
    c11.intoArray(sums, s1 + t1 * L);
    c12.intoArray(sums, s1 + t2 * L);
    c13.intoArray(sums, s1 + t3 * L);
    c14.intoArray(sums, s1 + t4 * L);
    c20.intoArray(sums, s2);
    c21.intoArray(sums, s2 + t1 * L);
    c22.intoArray(sums, s2 + t2 * L);
    c23.intoArray(sums, s2 + t3 * L);
    c24.intoArray(sums, s2 + t4 * L);
    c30.intoArray(sums, s3);
    c31.intoArray(sums, s3 + t1 * L);
    c32.intoArray(sums, s3 + t2 * L);
    c33.intoArray(sums, s3 + t3 * L);
    c34.intoArray(sums, s3 + t4 * L);
  }
}
