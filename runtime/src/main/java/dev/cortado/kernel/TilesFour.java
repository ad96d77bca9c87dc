package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of four rows by one to four vectors. What the parameters mean is said at {@link
 * Tiles}. Each tile is a method of its own with its accumulators in local variables: that is the
 * form in which C2 keeps them in registers. They do nothing else, no masks, no adding to C: with
 * those, C1 runs out of virtual registers, and a method that C1 gives up on is never handed to C2.
 */
final class TilesFour {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private TilesFour() {}

  static void wide4(
      int k,
      float[] a,
      int[] rows,
      int row,
      int count,
      int aBase,
      float[] b,
      int bBase,
      int[] steps,
      float[] c,
      int cBase,
      int cRow) {
    int a0 = aBase + rows[row];
    int a1 = aBase + rows[row + Math.min(1, count - 1)];
    int a2 = aBase + rows[row + Math.min(2, count - 1)];
    int a3 = aBase + rows[row + Math.min(3, count - 1)];
    int o1 = cBase + Math.min(1, count - 1) * cRow;
    int o2 = cBase + Math.min(2, count - 1) * cRow;
    int o3 = cBase + Math.min(3, count - 1) * cRow;
    int o0 = cBase;
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c02 = FloatVector.zero(S);
    FloatVector c03 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c12 = FloatVector.zero(S);
    FloatVector c13 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c22 = FloatVector.zero(S);
    FloatVector c23 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
    FloatVector c32 = FloatVector.zero(S);
    FloatVector c33 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      int at = bBase + steps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector b1 = FloatVector.fromArray(S, b, at + L);
      FloatVector b2 = FloatVector.fromArray(S, b, at + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, at + 3 * L);
      FloatVector v = FloatVector.broadcast(S, a[a0 + p]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      c02 = v.fma(b2, c02);
      c03 = v.fma(b3, c03);
      v = FloatVector.broadcast(S, a[a1 + p]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      c12 = v.fma(b2, c12);
      c13 = v.fma(b3, c13);
      v = FloatVector.broadcast(S, a[a2 + p]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      c22 = v.fma(b2, c22);
      c23 = v.fma(b3, c23);
      v = FloatVector.broadcast(S, a[a3 + p]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
      c32 = v.fma(b2, c32);
      c33 = v.fma(b3, c33);
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + L);
    c02.intoArray(c, o0 + 2 * L);
    c03.intoArray(c, o0 + 3 * L);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + L);
    c12.intoArray(c, o1 + 2 * L);
    c13.intoArray(c, o1 + 3 * L);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + L);
    c22.intoArray(c, o2 + 2 * L);
    c23.intoArray(c, o2 + 3 * L);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + L);
    c32.intoArray(c, o3 + 2 * L);
    c33.intoArray(c, o3 + 3 * L);
  }

  static void wide3(
      int k,
      float[] a,
      int[] rows,
      int row,
      int count,
      int aBase,
      float[] b,
      int bBase,
      int[] steps,
      float[] c,
      int cBase,
      int cRow) {
    int a0 = aBase + rows[row];
    int a1 = aBase + rows[row + Math.min(1, count - 1)];
    int a2 = aBase + rows[row + Math.min(2, count - 1)];
    int a3 = aBase + rows[row + Math.min(3, count - 1)];
    int o1 = cBase + Math.min(1, count - 1) * cRow;
    int o2 = cBase + Math.min(2, count - 1) * cRow;
    int o3 = cBase + Math.min(3, count - 1) * cRow;
    int o0 = cBase;
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c02 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c12 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c22 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
    FloatVector c32 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      int at = bBase + steps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector b1 = FloatVector.fromArray(S, b, at + L);
      FloatVector b2 = FloatVector.fromArray(S, b, at + 2 * L);
      FloatVector v = FloatVector.broadcast(S, a[a0 + p]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      c02 = v.fma(b2, c02);
      v = FloatVector.broadcast(S, a[a1 + p]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      c12 = v.fma(b2, c12);
      v = FloatVector.broadcast(S, a[a2 + p]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      c22 = v.fma(b2, c22);
      v = FloatVector.broadcast(S, a[a3 + p]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
      c32 = v.fma(b2, c32);
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + L);
    c02.intoArray(c, o0 + 2 * L);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + L);
    c12.intoArray(c, o1 + 2 * L);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + L);
    c22.intoArray(c, o2 + 2 * L);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + L);
    c32.intoArray(c, o3 + 2 * L);
  }

  static void wide2(
      int k,
      float[] a,
      int[] rows,
      int row,
      int count,
      int aBase,
      float[] b,
      int bBase,
      int[] steps,
      float[] c,
      int cBase,
      int cRow) {
    int a0 = aBase + rows[row];
    int a1 = aBase + rows[row + Math.min(1, count - 1)];
    int a2 = aBase + rows[row + Math.min(2, count - 1)];
    int a3 = aBase + rows[row + Math.min(3, count - 1)];
    int o1 = cBase + Math.min(1, count - 1) * cRow;
    int o2 = cBase + Math.min(2, count - 1) * cRow;
    int o3 = cBase + Math.min(3, count - 1) * cRow;
    int o0 = cBase;
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      int at = bBase + steps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector b1 = FloatVector.fromArray(S, b, at + L);
      FloatVector v = FloatVector.broadcast(S, a[a0 + p]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      v = FloatVector.broadcast(S, a[a1 + p]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      v = FloatVector.broadcast(S, a[a2 + p]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      v = FloatVector.broadcast(S, a[a3 + p]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + L);
    c10.intoArray(c, o1);
    c11.intoArray(c, o1 + L);
    c20.intoArray(c, o2);
    c21.intoArray(c, o2 + L);
    c30.intoArray(c, o3);
    c31.intoArray(c, o3 + L);
  }

  static void wide1(
      int k,
      float[] a,
      int[] rows,
      int row,
      int count,
      int aBase,
      float[] b,
      int bBase,
      int[] steps,
      float[] c,
      int cBase,
      int cRow) {
    int a0 = aBase + rows[row];
    int a1 = aBase + rows[row + Math.min(1, count - 1)];
    int a2 = aBase + rows[row + Math.min(2, count - 1)];
    int a3 = aBase + rows[row + Math.min(3, count - 1)];
    int o1 = cBase + Math.min(1, count - 1) * cRow;
    int o2 = cBase + Math.min(2, count - 1) * cRow;
    int o3 = cBase + Math.min(3, count - 1) * cRow;
    int o0 = cBase;
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      int at = bBase + steps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.broadcast(S, a[a0 + p]);
      c00 = v.fma(b0, c00);
      v = FloatVector.broadcast(S, a[a1 + p]);
      c10 = v.fma(b0, c10);
      v = FloatVector.broadcast(S, a[a2 + p]);
      c20 = v.fma(b0, c20);
      v = FloatVector.broadcast(S, a[a3 + p]);
      c30 = v.fma(b0, c30);
    }
    c00.intoArray(c, o0);
    c10.intoArray(c, o1);
    c20.intoArray(c, o2);
    c30.intoArray(c, o3);
  }
}
