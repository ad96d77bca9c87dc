package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of dot products of rows with shifted windows: {@code sums[r][t] += sum over p of
 * a[r][p] * b[taps[t] + p]}, where each sum is a vector, whose lanes are added at the very end. Row
 * {@code r} of a starts at {@code aBase + r * aRow}, its sum with tap {@code t} stands at {@code
 * sumsBase + r * sumsRow + t * lanes}. {@code count} rows and {@code tapCount} taps count; a tile
 * that is larger computes the last ones again.
 */
final class DotTiles {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private DotTiles() {}

  static void sixByFour(
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
    int r0 = 0;
    int r1 = Math.min(1, count - 1);
    int r2 = Math.min(2, count - 1);
    int r3 = Math.min(3, count - 1);
    int r4 = Math.min(4, count - 1);
    int r5 = Math.min(5, count - 1);
    int a0 = aBase + r0 * aRow;
    int a1 = aBase + r1 * aRow;
    int a2 = aBase + r2 * aRow;
    int a3 = aBase + r3 * aRow;
    int a4 = aBase + r4 * aRow;
    int a5 = aBase + r5 * aRow;
    int t0 = tap;
    int t1 = tap + Math.min(1, tapCount - 1);
    int t2 = tap + Math.min(2, tapCount - 1);
    int t3 = tap + Math.min(3, tapCount - 1);
    int b0 = bBase + taps[t0];
    int b1 = bBase + taps[t1];
    int b2 = bBase + taps[t2];
    int b3 = bBase + taps[t3];
    int s0 = sumsBase + r0 * sumsRow;
    FloatVector c00 = FloatVector.fromArray(S, sums, s0);
    FloatVector c01 = FloatVector.fromArray(S, sums, s0 + (t1 - tap) * L);
    FloatVector c02 = FloatVector.fromArray(S, sums, s0 + (t2 - tap) * L);
    FloatVector c03 = FloatVector.fromArray(S, sums, s0 + (t3 - tap) * L);
    int s1 = sumsBase + r1 * sumsRow;
    FloatVector c10 = FloatVector.fromArray(S, sums, s1);
    FloatVector c11 = FloatVector.fromArray(S, sums, s1 + (t1 - tap) * L);
    FloatVector c12 = FloatVector.fromArray(S, sums, s1 + (t2 - tap) * L);
    FloatVector c13 = FloatVector.fromArray(S, sums, s1 + (t3 - tap) * L);
    int s2 = sumsBase + r2 * sumsRow;
    FloatVector c20 = FloatVector.fromArray(S, sums, s2);
    FloatVector c21 = FloatVector.fromArray(S, sums, s2 + (t1 - tap) * L);
    FloatVector c22 = FloatVector.fromArray(S, sums, s2 + (t2 - tap) * L);
    FloatVector c23 = FloatVector.fromArray(S, sums, s2 + (t3 - tap) * L);
    int s3 = sumsBase + r3 * sumsRow;
    FloatVector c30 = FloatVector.fromArray(S, sums, s3);
    FloatVector c31 = FloatVector.fromArray(S, sums, s3 + (t1 - tap) * L);
    FloatVector c32 = FloatVector.fromArray(S, sums, s3 + (t2 - tap) * L);
    FloatVector c33 = FloatVector.fromArray(S, sums, s3 + (t3 - tap) * L);
    int s4 = sumsBase + r4 * sumsRow;
    FloatVector c40 = FloatVector.fromArray(S, sums, s4);
    FloatVector c41 = FloatVector.fromArray(S, sums, s4 + (t1 - tap) * L);
    FloatVector c42 = FloatVector.fromArray(S, sums, s4 + (t2 - tap) * L);
    FloatVector c43 = FloatVector.fromArray(S, sums, s4 + (t3 - tap) * L);
    int s5 = sumsBase + r5 * sumsRow;
    FloatVector c50 = FloatVector.fromArray(S, sums, s5);
    FloatVector c51 = FloatVector.fromArray(S, sums, s5 + (t1 - tap) * L);
    FloatVector c52 = FloatVector.fromArray(S, sums, s5 + (t2 - tap) * L);
    FloatVector c53 = FloatVector.fromArray(S, sums, s5 + (t3 - tap) * L);
    for (int p = 0; p < length; p += L) {
      FloatVector v0 = FloatVector.fromArray(S, b, b0 + p);
      FloatVector v1 = FloatVector.fromArray(S, b, b1 + p);
      FloatVector v2 = FloatVector.fromArray(S, b, b2 + p);
      FloatVector v3 = FloatVector.fromArray(S, b, b3 + p);
      FloatVector u = FloatVector.fromArray(S, a, a0 + p);
      c00 = u.fma(v0, c00);
      c01 = u.fma(v1, c01);
      c02 = u.fma(v2, c02);
      c03 = u.fma(v3, c03);
      u = FloatVector.fromArray(S, a, a1 + p);
      c10 = u.fma(v0, c10);
      c11 = u.fma(v1, c11);
      c12 = u.fma(v2, c12);
      c13 = u.fma(v3, c13);
      u = FloatVector.fromArray(S, a, a2 + p);
      c20 = u.fma(v0, c20);
      c21 = u.fma(v1, c21);
      c22 = u.fma(v2, c22);
      c23 = u.fma(v3, c23);
      u = FloatVector.fromArray(S, a, a3 + p);
      c30 = u.fma(v0, c30);
      c31 = u.fma(v1, c31);
      c32 = u.fma(v2, c32);
      c33 = u.fma(v3, c33);
      u = FloatVector.fromArray(S, a, a4 + p);
      c40 = u.fma(v0, c40);
      c41 = u.fma(v1, c41);
      c42 = u.fma(v2, c42);
      c43 = u.fma(v3, c43);
      u = FloatVector.fromArray(S, a, a5 + p);
      c50 = u.fma(v0, c50);
      c51 = u.fma(v1, c51);
      c52 = u.fma(v2, c52);
      c53 = u.fma(v3, c53);
    }
    c00.intoArray(sums, s0);
    c01.intoArray(sums, s0 + (t1 - tap) * L);
    c02.intoArray(sums, s0 + (t2 - tap) * L);
    c03.intoArray(sums, s0 + (t3 - tap) * L);
    c10.intoArray(sums, s1);
    c11.intoArray(sums, s1 + (t1 - tap) * L);
    c12.intoArray(sums, s1 + (t2 - tap) * L);
    c13.intoArray(sums, s1 + (t3 - tap) * L);
    c20.intoArray(sums, s2);
    c21.intoArray(sums, s2 + (t1 - tap) * L);
    c22.intoArray(sums, s2 + (t2 - tap) * L);
    c23.intoArray(sums, s2 + (t3 - tap) * L);
    c30.intoArray(sums, s3);
    c31.intoArray(sums, s3 + (t1 - tap) * L);
    c32.intoArray(sums, s3 + (t2 - tap) * L);
    c33.intoArray(sums, s3 + (t3 - tap) * L);
    c40.intoArray(sums, s4);
    c41.intoArray(sums, s4 + (t1 - tap) * L);
    c42.intoArray(sums, s4 + (t2 - tap) * L);
    c43.intoArray(sums, s4 + (t3 - tap) * L);
    c50.intoArray(sums, s5);
    c51.intoArray(sums, s5 + (t1 - tap) * L);
    c52.intoArray(sums, s5 + (t2 - tap) * L);
    c53.intoArray(sums, s5 + (t3 - tap) * L);
  }

  static void fourBySix(
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
    int r0 = 0;
    int r1 = Math.min(1, count - 1);
    int r2 = Math.min(2, count - 1);
    int r3 = Math.min(3, count - 1);
    int a0 = aBase + r0 * aRow;
    int a1 = aBase + r1 * aRow;
    int a2 = aBase + r2 * aRow;
    int a3 = aBase + r3 * aRow;
    int t0 = tap;
    int t1 = tap + Math.min(1, tapCount - 1);
    int t2 = tap + Math.min(2, tapCount - 1);
    int t3 = tap + Math.min(3, tapCount - 1);
    int t4 = tap + Math.min(4, tapCount - 1);
    int t5 = tap + Math.min(5, tapCount - 1);
    int b0 = bBase + taps[t0];
    int b1 = bBase + taps[t1];
    int b2 = bBase + taps[t2];
    int b3 = bBase + taps[t3];
    int b4 = bBase + taps[t4];
    int b5 = bBase + taps[t5];
    int s0 = sumsBase + r0 * sumsRow;
    FloatVector c00 = FloatVector.fromArray(S, sums, s0);
    FloatVector c01 = FloatVector.fromArray(S, sums, s0 + (t1 - tap) * L);
    FloatVector c02 = FloatVector.fromArray(S, sums, s0 + (t2 - tap) * L);
    FloatVector c03 = FloatVector.fromArray(S, sums, s0 + (t3 - tap) * L);
    FloatVector c04 = FloatVector.fromArray(S, sums, s0 + (t4 - tap) * L);
    FloatVector c05 = FloatVector.fromArray(S, sums, s0 + (t5 - tap) * L);
    int s1 = sumsBase + r1 * sumsRow;
    FloatVector c10 = FloatVector.fromArray(S, sums, s1);
    FloatVector c11 = FloatVector.fromArray(S, sums, s1 + (t1 - tap) * L);
    FloatVector c12 = FloatVector.fromArray(S, sums, s1 + (t2 - tap) * L);
    FloatVector c13 = FloatVector.fromArray(S, sums, s1 + (t3 - tap) * L);
    FloatVector c14 = FloatVector.fromArray(S, sums, s1 + (t4 - tap) * L);
    FloatVector c15 = FloatVector.fromArray(S, sums, s1 + (t5 - tap) * L);
    int s2 = sumsBase + r2 * sumsRow;
    FloatVector c20 = FloatVector.fromArray(S, sums, s2);
    FloatVector c21 = FloatVector.fromArray(S, sums, s2 + (t1 - tap) * L);
    FloatVector c22 = FloatVector.fromArray(S, sums, s2 + (t2 - tap) * L);
    FloatVector c23 = FloatVector.fromArray(S, sums, s2 + (t3 - tap) * L);
    FloatVector c24 = FloatVector.fromArray(S, sums, s2 + (t4 - tap) * L);
    FloatVector c25 = FloatVector.fromArray(S, sums, s2 + (t5 - tap) * L);
    int s3 = sumsBase + r3 * sumsRow;
    FloatVector c30 = FloatVector.fromArray(S, sums, s3);
    FloatVector c31 = FloatVector.fromArray(S, sums, s3 + (t1 - tap) * L);
    FloatVector c32 = FloatVector.fromArray(S, sums, s3 + (t2 - tap) * L);
    FloatVector c33 = FloatVector.fromArray(S, sums, s3 + (t3 - tap) * L);
    FloatVector c34 = FloatVector.fromArray(S, sums, s3 + (t4 - tap) * L);
    FloatVector c35 = FloatVector.fromArray(S, sums, s3 + (t5 - tap) * L);
    for (int p = 0; p < length; p += L) {
      FloatVector v0 = FloatVector.fromArray(S, b, b0 + p);
      FloatVector v1 = FloatVector.fromArray(S, b, b1 + p);
      FloatVector v2 = FloatVector.fromArray(S, b, b2 + p);
      FloatVector v3 = FloatVector.fromArray(S, b, b3 + p);
      FloatVector v4 = FloatVector.fromArray(S, b, b4 + p);
      FloatVector v5 = FloatVector.fromArray(S, b, b5 + p);
      FloatVector u = FloatVector.fromArray(S, a, a0 + p);
      c00 = u.fma(v0, c00);
      c01 = u.fma(v1, c01);
      c02 = u.fma(v2, c02);
      c03 = u.fma(v3, c03);
      c04 = u.fma(v4, c04);
      c05 = u.fma(v5, c05);
      u = FloatVector.fromArray(S, a, a1 + p);
      c10 = u.fma(v0, c10);
      c11 = u.fma(v1, c11);
      c12 = u.fma(v2, c12);
      c13 = u.fma(v3, c13);
      c14 = u.fma(v4, c14);
      c15 = u.fma(v5, c15);
      u = FloatVector.fromArray(S, a, a2 + p);
      c20 = u.fma(v0, c20);
      c21 = u.fma(v1, c21);
      c22 = u.fma(v2, c22);
      c23 = u.fma(v3, c23);
      c24 = u.fma(v4, c24);
      c25 = u.fma(v5, c25);
      u = FloatVector.fromArray(S, a, a3 + p);
      c30 = u.fma(v0, c30);
      c31 = u.fma(v1, c31);
      c32 = u.fma(v2, c32);
      c33 = u.fma(v3, c33);
      c34 = u.fma(v4, c34);
      c35 = u.fma(v5, c35);
    }
    c00.intoArray(sums, s0);
    c01.intoArray(sums, s0 + (t1 - tap) * L);
    c02.intoArray(sums, s0 + (t2 - tap) * L);
    c03.intoArray(sums, s0 + (t3 - tap) * L);
    c04.intoArray(sums, s0 + (t4 - tap) * L);
    c05.intoArray(sums, s0 + (t5 - tap) * L);
    c10.intoArray(sums, s1);
    c11.intoArray(sums, s1 + (t1 - tap) * L);
    c12.intoArray(sums, s1 + (t2 - tap) * L);
    c13.intoArray(sums, s1 + (t3 - tap) * L);
    c14.intoArray(sums, s1 + (t4 - tap) * L);
    c15.intoArray(sums, s1 + (t5 - tap) * L);
    c20.intoArray(sums, s2);
    c21.intoArray(sums, s2 + (t1 - tap) * L);
    c22.intoArray(sums, s2 + (t2 - tap) * L);
    c23.intoArray(sums, s2 + (t3 - tap) * L);
    c24.intoArray(sums, s2 + (t4 - tap) * L);
    c25.intoArray(sums, s2 + (t5 - tap) * L);
    c30.intoArray(sums, s3);
    c31.intoArray(sums, s3 + (t1 - tap) * L);
    c32.intoArray(sums, s3 + (t2 - tap) * L);
    c33.intoArray(sums, s3 + (t3 - tap) * L);
    c34.intoArray(sums, s3 + (t4 - tap) * L);
    c35.intoArray(sums, s3 + (t5 - tap) * L);
  }
}
