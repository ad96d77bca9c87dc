package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of one row by one to four vectors. What the parameters mean is said at {@link
 * Tiles}. Each tile is a method of its own with its accumulators in local variables: that is the
 * form in which C2 keeps them in registers. They do nothing else, no masks, no adding to C: with
 * those, C1 runs out of virtual registers, and a method that C1 gives up on is never handed to C2.
 */
final class TilesOne {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private TilesOne() {}

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
    int o0 = cBase;
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c02 = FloatVector.zero(S);
    FloatVector c03 = FloatVector.zero(S);
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
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + L);
    c02.intoArray(c, o0 + 2 * L);
    c03.intoArray(c, o0 + 3 * L);
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
    int o0 = cBase;
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c02 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      int at = bBase + steps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector b1 = FloatVector.fromArray(S, b, at + L);
      FloatVector b2 = FloatVector.fromArray(S, b, at + 2 * L);
      FloatVector v = FloatVector.broadcast(S, a[a0 + p]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      c02 = v.fma(b2, c02);
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + L);
    c02.intoArray(c, o0 + 2 * L);
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
    int o0 = cBase;
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      int at = bBase + steps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector b1 = FloatVector.fromArray(S, b, at + L);
      FloatVector v = FloatVector.broadcast(S, a[a0 + p]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
    }
    c00.intoArray(c, o0);
    c01.intoArray(c, o0 + L);
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
    int o0 = cBase;
    FloatVector c00 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      int at = bBase + steps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.broadcast(S, a[a0 + p]);
      c00 = v.fma(b0, c00);
    }
    c00.intoArray(c, o0);
  }
}
