package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of one to six rows by four vectors, for products of few rows. What they compute is
 * said at {@link Operands}. Each tile is a method of its own with its accumulators in local
 * variables: that is the form in which C2 keeps them in registers. {@code count} rows count; a tile
 * that is taller computes the last one of them again.
 */
final class BroadTiles {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private BroadTiles() {}

  static void rows6(Operands o, int row, int count) {
    int first = o.first;
    int last = o.last;
    float[] a = o.a;
    int[] aSteps = o.aSteps;
    float[] b = o.b;
    int[] bSteps = o.bSteps;
    int bBase = o.bBase;
    float[] c = o.c;
    int r1 = row + Math.min(1, count - 1);
    int r2 = row + Math.min(2, count - 1);
    int r3 = row + Math.min(3, count - 1);
    int r4 = row + Math.min(4, count - 1);
    int r5 = row + Math.min(5, count - 1);
    int a0 = o.aBase + o.aRows[row];
    int a1 = o.aBase + o.aRows[r1];
    int a2 = o.aBase + o.aRows[r2];
    int a3 = o.aBase + o.aRows[r3];
    int a4 = o.aBase + o.aRows[r4];
    int a5 = o.aBase + o.aRows[r5];
    float[] start = o.start;
    int s0 = o.startBase + o.startRows[row];
    FloatVector c00 = FloatVector.fromArray(S, start, s0);
    FloatVector c01 = FloatVector.fromArray(S, start, s0 + L);
    FloatVector c02 = FloatVector.fromArray(S, start, s0 + 2 * L);
    FloatVector c03 = FloatVector.fromArray(S, start, s0 + 3 * L);
    int s1 = o.startBase + o.startRows[r1];
    FloatVector c10 = FloatVector.fromArray(S, start, s1);
    FloatVector c11 = FloatVector.fromArray(S, start, s1 + L);
    FloatVector c12 = FloatVector.fromArray(S, start, s1 + 2 * L);
    FloatVector c13 = FloatVector.fromArray(S, start, s1 + 3 * L);
    int s2 = o.startBase + o.startRows[r2];
    FloatVector c20 = FloatVector.fromArray(S, start, s2);
    FloatVector c21 = FloatVector.fromArray(S, start, s2 + L);
    FloatVector c22 = FloatVector.fromArray(S, start, s2 + 2 * L);
    FloatVector c23 = FloatVector.fromArray(S, start, s2 + 3 * L);
    int s3 = o.startBase + o.startRows[r3];
    FloatVector c30 = FloatVector.fromArray(S, start, s3);
    FloatVector c31 = FloatVector.fromArray(S, start, s3 + L);
    FloatVector c32 = FloatVector.fromArray(S, start, s3 + 2 * L);
    FloatVector c33 = FloatVector.fromArray(S, start, s3 + 3 * L);
    int s4 = o.startBase + o.startRows[r4];
    FloatVector c40 = FloatVector.fromArray(S, start, s4);
    FloatVector c41 = FloatVector.fromArray(S, start, s4 + L);
    FloatVector c42 = FloatVector.fromArray(S, start, s4 + 2 * L);
    FloatVector c43 = FloatVector.fromArray(S, start, s4 + 3 * L);
    int s5 = o.startBase + o.startRows[r5];
    FloatVector c50 = FloatVector.fromArray(S, start, s5);
    FloatVector c51 = FloatVector.fromArray(S, start, s5 + L);
    FloatVector c52 = FloatVector.fromArray(S, start, s5 + 2 * L);
    FloatVector c53 = FloatVector.fromArray(S, start, s5 + 3 * L);
    for (int p = first; p < last; p++) {
      int at = bBase + bSteps[p];
      int step = aSteps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector b1 = FloatVector.fromArray(S, b, at + L);
      FloatVector b2 = FloatVector.fromArray(S, b, at + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, at + 3 * L);
      FloatVector v = FloatVector.broadcast(S, a[a0 + step]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      c02 = v.fma(b2, c02);
      c03 = v.fma(b3, c03);
      v = FloatVector.broadcast(S, a[a1 + step]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      c12 = v.fma(b2, c12);
      c13 = v.fma(b3, c13);
      v = FloatVector.broadcast(S, a[a2 + step]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      c22 = v.fma(b2, c22);
      c23 = v.fma(b3, c23);
      v = FloatVector.broadcast(S, a[a3 + step]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
      c32 = v.fma(b2, c32);
      c33 = v.fma(b3, c33);
      v = FloatVector.broadcast(S, a[a4 + step]);
      c40 = v.fma(b0, c40);
      c41 = v.fma(b1, c41);
      c42 = v.fma(b2, c42);
      c43 = v.fma(b3, c43);
      v = FloatVector.broadcast(S, a[a5 + step]);
      c50 = v.fma(b0, c50);
      c51 = v.fma(b1, c51);
      c52 = v.fma(b2, c52);
      c53 = v.fma(b3, c53);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    int o0 = o.cBase + o.cRows[row];
    c00.blend(floor, c00.lt(floor)).intoArray(c, o0);
    c01.blend(floor, c01.lt(floor)).intoArray(c, o0 + L);
    c02.blend(floor, c02.lt(floor)).intoArray(c, o0 + 2 * L);
    c03.blend(floor, c03.lt(floor)).intoArray(c, o0 + 3 * L);
    int o1 = o.cBase + o.cRows[r1];
    c10.blend(floor, c10.lt(floor)).intoArray(c, o1);
    c11.blend(floor, c11.lt(floor)).intoArray(c, o1 + L);
    c12.blend(floor, c12.lt(floor)).intoArray(c, o1 + 2 * L);
    c13.blend(floor, c13.lt(floor)).intoArray(c, o1 + 3 * L);
    int o2 = o.cBase + o.cRows[r2];
    c20.blend(floor, c20.lt(floor)).intoArray(c, o2);
    c21.blend(floor, c21.lt(floor)).intoArray(c, o2 + L);
    c22.blend(floor, c22.lt(floor)).intoArray(c, o2 + 2 * L);
    c23.blend(floor, c23.lt(floor)).intoArray(c, o2 + 3 * L);
    int o3 = o.cBase + o.cRows[r3];
    c30.blend(floor, c30.lt(floor)).intoArray(c, o3);
    c31.blend(floor, c31.lt(floor)).intoArray(c, o3 + L);
    c32.blend(floor, c32.lt(floor)).intoArray(c, o3 + 2 * L);
    c33.blend(floor, c33.lt(floor)).intoArray(c, o3 + 3 * L);
    int o4 = o.cBase + o.cRows[r4];
    c40.blend(floor, c40.lt(floor)).intoArray(c, o4);
    c41.blend(floor, c41.lt(floor)).intoArray(c, o4 + L);
    c42.blend(floor, c42.lt(floor)).intoArray(c, o4 + 2 * L);
    c43.blend(floor, c43.lt(floor)).intoArray(c, o4 + 3 * L);
    int o5 = o.cBase + o.cRows[r5];
    c50.blend(floor, c50.lt(floor)).intoArray(c, o5);
    c51.blend(floor, c51.lt(floor)).intoArray(c, o5 + L);
    c52.blend(floor, c52.lt(floor)).intoArray(c, o5 + 2 * L);
    c53.blend(floor, c53.lt(floor)).intoArray(c, o5 + 3 * L);
  }

  static void rows4(Operands o, int row, int count) {
    int first = o.first;
    int last = o.last;
    float[] a = o.a;
    int[] aSteps = o.aSteps;
    float[] b = o.b;
    int[] bSteps = o.bSteps;
    int bBase = o.bBase;
    float[] c = o.c;
    int r1 = row + Math.min(1, count - 1);
    int r2 = row + Math.min(2, count - 1);
    int r3 = row + Math.min(3, count - 1);
    int a0 = o.aBase + o.aRows[row];
    int a1 = o.aBase + o.aRows[r1];
    int a2 = o.aBase + o.aRows[r2];
    int a3 = o.aBase + o.aRows[r3];
    float[] start = o.start;
    int s0 = o.startBase + o.startRows[row];
    FloatVector c00 = FloatVector.fromArray(S, start, s0);
    FloatVector c01 = FloatVector.fromArray(S, start, s0 + L);
    FloatVector c02 = FloatVector.fromArray(S, start, s0 + 2 * L);
    FloatVector c03 = FloatVector.fromArray(S, start, s0 + 3 * L);
    int s1 = o.startBase + o.startRows[r1];
    FloatVector c10 = FloatVector.fromArray(S, start, s1);
    FloatVector c11 = FloatVector.fromArray(S, start, s1 + L);
    FloatVector c12 = FloatVector.fromArray(S, start, s1 + 2 * L);
    FloatVector c13 = FloatVector.fromArray(S, start, s1 + 3 * L);
    int s2 = o.startBase + o.startRows[r2];
    FloatVector c20 = FloatVector.fromArray(S, start, s2);
    FloatVector c21 = FloatVector.fromArray(S, start, s2 + L);
    FloatVector c22 = FloatVector.fromArray(S, start, s2 + 2 * L);
    FloatVector c23 = FloatVector.fromArray(S, start, s2 + 3 * L);
    int s3 = o.startBase + o.startRows[r3];
    FloatVector c30 = FloatVector.fromArray(S, start, s3);
    FloatVector c31 = FloatVector.fromArray(S, start, s3 + L);
    FloatVector c32 = FloatVector.fromArray(S, start, s3 + 2 * L);
    FloatVector c33 = FloatVector.fromArray(S, start, s3 + 3 * L);
    for (int p = first; p < last; p++) {
      int at = bBase + bSteps[p];
      int step = aSteps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector b1 = FloatVector.fromArray(S, b, at + L);
      FloatVector b2 = FloatVector.fromArray(S, b, at + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, at + 3 * L);
      FloatVector v = FloatVector.broadcast(S, a[a0 + step]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      c02 = v.fma(b2, c02);
      c03 = v.fma(b3, c03);
      v = FloatVector.broadcast(S, a[a1 + step]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      c12 = v.fma(b2, c12);
      c13 = v.fma(b3, c13);
      v = FloatVector.broadcast(S, a[a2 + step]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      c22 = v.fma(b2, c22);
      c23 = v.fma(b3, c23);
      v = FloatVector.broadcast(S, a[a3 + step]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
      c32 = v.fma(b2, c32);
      c33 = v.fma(b3, c33);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    int o0 = o.cBase + o.cRows[row];
    c00.blend(floor, c00.lt(floor)).intoArray(c, o0);
    c01.blend(floor, c01.lt(floor)).intoArray(c, o0 + L);
    c02.blend(floor, c02.lt(floor)).intoArray(c, o0 + 2 * L);
    c03.blend(floor, c03.lt(floor)).intoArray(c, o0 + 3 * L);
    int o1 = o.cBase + o.cRows[r1];
    c10.blend(floor, c10.lt(floor)).intoArray(c, o1);
    c11.blend(floor, c11.lt(floor)).intoArray(c, o1 + L);
    c12.blend(floor, c12.lt(floor)).intoArray(c, o1 + 2 * L);
    c13.blend(floor, c13.lt(floor)).intoArray(c, o1 + 3 * L);
    int o2 = o.cBase + o.cRows[r2];
    c20.blend(floor, c20.lt(floor)).intoArray(c, o2);
    c21.blend(floor, c21.lt(floor)).intoArray(c, o2 + L);
    c22.blend(floor, c22.lt(floor)).intoArray(c, o2 + 2 * L);
    c23.blend(floor, c23.lt(floor)).intoArray(c, o2 + 3 * L);
    int o3 = o.cBase + o.cRows[r3];
    c30.blend(floor, c30.lt(floor)).intoArray(c, o3);
    c31.blend(floor, c31.lt(floor)).intoArray(c, o3 + L);
    c32.blend(floor, c32.lt(floor)).intoArray(c, o3 + 2 * L);
    c33.blend(floor, c33.lt(floor)).intoArray(c, o3 + 3 * L);
  }

  static void rows2(Operands o, int row, int count) {
    int first = o.first;
    int last = o.last;
    float[] a = o.a;
    int[] aSteps = o.aSteps;
    float[] b = o.b;
    int[] bSteps = o.bSteps;
    int bBase = o.bBase;
    float[] c = o.c;
    int r1 = row + Math.min(1, count - 1);
    int a0 = o.aBase + o.aRows[row];
    int a1 = o.aBase + o.aRows[r1];
    float[] start = o.start;
    int s0 = o.startBase + o.startRows[row];
    FloatVector c00 = FloatVector.fromArray(S, start, s0);
    FloatVector c01 = FloatVector.fromArray(S, start, s0 + L);
    FloatVector c02 = FloatVector.fromArray(S, start, s0 + 2 * L);
    FloatVector c03 = FloatVector.fromArray(S, start, s0 + 3 * L);
    int s1 = o.startBase + o.startRows[r1];
    FloatVector c10 = FloatVector.fromArray(S, start, s1);
    FloatVector c11 = FloatVector.fromArray(S, start, s1 + L);
    FloatVector c12 = FloatVector.fromArray(S, start, s1 + 2 * L);
    FloatVector c13 = FloatVector.fromArray(S, start, s1 + 3 * L);
    for (int p = first; p < last; p++) {
      int at = bBase + bSteps[p];
      int step = aSteps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector b1 = FloatVector.fromArray(S, b, at + L);
      FloatVector b2 = FloatVector.fromArray(S, b, at + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, at + 3 * L);
      FloatVector v = FloatVector.broadcast(S, a[a0 + step]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      c02 = v.fma(b2, c02);
      c03 = v.fma(b3, c03);
      v = FloatVector.broadcast(S, a[a1 + step]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      c12 = v.fma(b2, c12);
      c13 = v.fma(b3, c13);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    int o0 = o.cBase + o.cRows[row];
    c00.blend(floor, c00.lt(floor)).intoArray(c, o0);
    c01.blend(floor, c01.lt(floor)).intoArray(c, o0 + L);
    c02.blend(floor, c02.lt(floor)).intoArray(c, o0 + 2 * L);
    c03.blend(floor, c03.lt(floor)).intoArray(c, o0 + 3 * L);
    int o1 = o.cBase + o.cRows[r1];
    c10.blend(floor, c10.lt(floor)).intoArray(c, o1);
    c11.blend(floor, c11.lt(floor)).intoArray(c, o1 + L);
    c12.blend(floor, c12.lt(floor)).intoArray(c, o1 + 2 * L);
    c13.blend(floor, c13.lt(floor)).intoArray(c, o1 + 3 * L);
  }

  static void rows1(Operands o, int row, int count) {
    int first = o.first;
    int last = o.last;
    float[] a = o.a;
    int[] aSteps = o.aSteps;
    float[] b = o.b;
    int[] bSteps = o.bSteps;
    int bBase = o.bBase;
    float[] c = o.c;
    int a0 = o.aBase + o.aRows[row];
    float[] start = o.start;
    int s0 = o.startBase + o.startRows[row];
    FloatVector c00 = FloatVector.fromArray(S, start, s0);
    FloatVector c01 = FloatVector.fromArray(S, start, s0 + L);
    FloatVector c02 = FloatVector.fromArray(S, start, s0 + 2 * L);
    FloatVector c03 = FloatVector.fromArray(S, start, s0 + 3 * L);
    for (int p = first; p < last; p++) {
      int at = bBase + bSteps[p];
      int step = aSteps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector b1 = FloatVector.fromArray(S, b, at + L);
      FloatVector b2 = FloatVector.fromArray(S, b, at + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, at + 3 * L);
      FloatVector v = FloatVector.broadcast(S, a[a0 + step]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      c02 = v.fma(b2, c02);
      c03 = v.fma(b3, c03);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    int o0 = o.cBase + o.cRows[row];
    c00.blend(floor, c00.lt(floor)).intoArray(c, o0);
    c01.blend(floor, c01.lt(floor)).intoArray(c, o0 + L);
    c02.blend(floor, c02.lt(floor)).intoArray(c, o0 + 2 * L);
    c03.blend(floor, c03.lt(floor)).intoArray(c, o0 + 3 * L);
  }
}
