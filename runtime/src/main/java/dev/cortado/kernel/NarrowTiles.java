package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of one to twelve rows by one vector. What they compute is said at {@link
 * Operands}. Each tile is a method of its own with its accumulators in local variables: that is the
 * form in which C2 keeps them in registers. {@code count} rows count; a tile that is taller
 * computes the last one of them again.
 */
final class NarrowTiles {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;

  private NarrowTiles() {}

  static void rows12(Operands o, int row, int count) {
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
    int r6 = row + Math.min(6, count - 1);
    int r7 = row + Math.min(7, count - 1);
    int r8 = row + Math.min(8, count - 1);
    int r9 = row + Math.min(9, count - 1);
    int r10 = row + Math.min(10, count - 1);
    int r11 = row + Math.min(11, count - 1);
    int a0 = o.aBase + o.aRows[row];
    int a1 = o.aBase + o.aRows[r1];
    int a2 = o.aBase + o.aRows[r2];
    int a3 = o.aBase + o.aRows[r3];
    int a4 = o.aBase + o.aRows[r4];
    int a5 = o.aBase + o.aRows[r5];
    int a6 = o.aBase + o.aRows[r6];
    int a7 = o.aBase + o.aRows[r7];
    int a8 = o.aBase + o.aRows[r8];
    int a9 = o.aBase + o.aRows[r9];
    int a10 = o.aBase + o.aRows[r10];
    int a11 = o.aBase + o.aRows[r11];
    float[] start = o.start;
    int s0 = o.startBase + o.startRows[row];
    FloatVector c00 = FloatVector.fromArray(S, start, s0);
    int s1 = o.startBase + o.startRows[r1];
    FloatVector c10 = FloatVector.fromArray(S, start, s1);
    int s2 = o.startBase + o.startRows[r2];
    FloatVector c20 = FloatVector.fromArray(S, start, s2);
    int s3 = o.startBase + o.startRows[r3];
    FloatVector c30 = FloatVector.fromArray(S, start, s3);
    int s4 = o.startBase + o.startRows[r4];
    FloatVector c40 = FloatVector.fromArray(S, start, s4);
    int s5 = o.startBase + o.startRows[r5];
    FloatVector c50 = FloatVector.fromArray(S, start, s5);
    int s6 = o.startBase + o.startRows[r6];
    FloatVector c60 = FloatVector.fromArray(S, start, s6);
    int s7 = o.startBase + o.startRows[r7];
    FloatVector c70 = FloatVector.fromArray(S, start, s7);
    int s8 = o.startBase + o.startRows[r8];
    FloatVector c80 = FloatVector.fromArray(S, start, s8);
    int s9 = o.startBase + o.startRows[r9];
    FloatVector c90 = FloatVector.fromArray(S, start, s9);
    int s10 = o.startBase + o.startRows[r10];
    FloatVector c100 = FloatVector.fromArray(S, start, s10);
    int s11 = o.startBase + o.startRows[r11];
    FloatVector c110 = FloatVector.fromArray(S, start, s11);
    for (int p = first; p < last; p++) {
      int at = bBase + bSteps[p];
      int step = aSteps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.broadcast(S, a[a0 + step]);
      c00 = v.fma(b0, c00);
      v = FloatVector.broadcast(S, a[a1 + step]);
      c10 = v.fma(b0, c10);
      v = FloatVector.broadcast(S, a[a2 + step]);
      c20 = v.fma(b0, c20);
      v = FloatVector.broadcast(S, a[a3 + step]);
      c30 = v.fma(b0, c30);
      v = FloatVector.broadcast(S, a[a4 + step]);
      c40 = v.fma(b0, c40);
      v = FloatVector.broadcast(S, a[a5 + step]);
      c50 = v.fma(b0, c50);
      v = FloatVector.broadcast(S, a[a6 + step]);
      c60 = v.fma(b0, c60);
      v = FloatVector.broadcast(S, a[a7 + step]);
      c70 = v.fma(b0, c70);
      v = FloatVector.broadcast(S, a[a8 + step]);
      c80 = v.fma(b0, c80);
      v = FloatVector.broadcast(S, a[a9 + step]);
      c90 = v.fma(b0, c90);
      v = FloatVector.broadcast(S, a[a10 + step]);
      c100 = v.fma(b0, c100);
      v = FloatVector.broadcast(S, a[a11 + step]);
      c110 = v.fma(b0, c110);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    int o0 = o.cBase + o.cRows[row];
    c00.blend(floor, c00.lt(floor)).intoArray(c, o0);
    int o1 = o.cBase + o.cRows[r1];
    c10.blend(floor, c10.lt(floor)).intoArray(c, o1);
    int o2 = o.cBase + o.cRows[r2];
    c20.blend(floor, c20.lt(floor)).intoArray(c, o2);
    int o3 = o.cBase + o.cRows[r3];
    c30.blend(floor, c30.lt(floor)).intoArray(c, o3);
    int o4 = o.cBase + o.cRows[r4];
    c40.blend(floor, c40.lt(floor)).intoArray(c, o4);
    int o5 = o.cBase + o.cRows[r5];
    c50.blend(floor, c50.lt(floor)).intoArray(c, o5);
    int o6 = o.cBase + o.cRows[r6];
    c60.blend(floor, c60.lt(floor)).intoArray(c, o6);
    int o7 = o.cBase + o.cRows[r7];
    c70.blend(floor, c70.lt(floor)).intoArray(c, o7);
    int o8 = o.cBase + o.cRows[r8];
    c80.blend(floor, c80.lt(floor)).intoArray(c, o8);
    int o9 = o.cBase + o.cRows[r9];
    c90.blend(floor, c90.lt(floor)).intoArray(c, o9);
    int o10 = o.cBase + o.cRows[r10];
    c100.blend(floor, c100.lt(floor)).intoArray(c, o10);
    int o11 = o.cBase + o.cRows[r11];
    c110.blend(floor, c110.lt(floor)).intoArray(c, o11);
  }

  static void rows8(Operands o, int row, int count) {
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
    int r6 = row + Math.min(6, count - 1);
    int r7 = row + Math.min(7, count - 1);
    int a0 = o.aBase + o.aRows[row];
    int a1 = o.aBase + o.aRows[r1];
    int a2 = o.aBase + o.aRows[r2];
    int a3 = o.aBase + o.aRows[r3];
    int a4 = o.aBase + o.aRows[r4];
    int a5 = o.aBase + o.aRows[r5];
    int a6 = o.aBase + o.aRows[r6];
    int a7 = o.aBase + o.aRows[r7];
    float[] start = o.start;
    int s0 = o.startBase + o.startRows[row];
    FloatVector c00 = FloatVector.fromArray(S, start, s0);
    int s1 = o.startBase + o.startRows[r1];
    FloatVector c10 = FloatVector.fromArray(S, start, s1);
    int s2 = o.startBase + o.startRows[r2];
    FloatVector c20 = FloatVector.fromArray(S, start, s2);
    int s3 = o.startBase + o.startRows[r3];
    FloatVector c30 = FloatVector.fromArray(S, start, s3);
    int s4 = o.startBase + o.startRows[r4];
    FloatVector c40 = FloatVector.fromArray(S, start, s4);
    int s5 = o.startBase + o.startRows[r5];
    FloatVector c50 = FloatVector.fromArray(S, start, s5);
    int s6 = o.startBase + o.startRows[r6];
    FloatVector c60 = FloatVector.fromArray(S, start, s6);
    int s7 = o.startBase + o.startRows[r7];
    FloatVector c70 = FloatVector.fromArray(S, start, s7);
    for (int p = first; p < last; p++) {
      int at = bBase + bSteps[p];
      int step = aSteps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.broadcast(S, a[a0 + step]);
      c00 = v.fma(b0, c00);
      v = FloatVector.broadcast(S, a[a1 + step]);
      c10 = v.fma(b0, c10);
      v = FloatVector.broadcast(S, a[a2 + step]);
      c20 = v.fma(b0, c20);
      v = FloatVector.broadcast(S, a[a3 + step]);
      c30 = v.fma(b0, c30);
      v = FloatVector.broadcast(S, a[a4 + step]);
      c40 = v.fma(b0, c40);
      v = FloatVector.broadcast(S, a[a5 + step]);
      c50 = v.fma(b0, c50);
      v = FloatVector.broadcast(S, a[a6 + step]);
      c60 = v.fma(b0, c60);
      v = FloatVector.broadcast(S, a[a7 + step]);
      c70 = v.fma(b0, c70);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    int o0 = o.cBase + o.cRows[row];
    c00.blend(floor, c00.lt(floor)).intoArray(c, o0);
    int o1 = o.cBase + o.cRows[r1];
    c10.blend(floor, c10.lt(floor)).intoArray(c, o1);
    int o2 = o.cBase + o.cRows[r2];
    c20.blend(floor, c20.lt(floor)).intoArray(c, o2);
    int o3 = o.cBase + o.cRows[r3];
    c30.blend(floor, c30.lt(floor)).intoArray(c, o3);
    int o4 = o.cBase + o.cRows[r4];
    c40.blend(floor, c40.lt(floor)).intoArray(c, o4);
    int o5 = o.cBase + o.cRows[r5];
    c50.blend(floor, c50.lt(floor)).intoArray(c, o5);
    int o6 = o.cBase + o.cRows[r6];
    c60.blend(floor, c60.lt(floor)).intoArray(c, o6);
    int o7 = o.cBase + o.cRows[r7];
    c70.blend(floor, c70.lt(floor)).intoArray(c, o7);
  }

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
    int s1 = o.startBase + o.startRows[r1];
    FloatVector c10 = FloatVector.fromArray(S, start, s1);
    int s2 = o.startBase + o.startRows[r2];
    FloatVector c20 = FloatVector.fromArray(S, start, s2);
    int s3 = o.startBase + o.startRows[r3];
    FloatVector c30 = FloatVector.fromArray(S, start, s3);
    int s4 = o.startBase + o.startRows[r4];
    FloatVector c40 = FloatVector.fromArray(S, start, s4);
    int s5 = o.startBase + o.startRows[r5];
    FloatVector c50 = FloatVector.fromArray(S, start, s5);
    for (int p = first; p < last; p++) {
      int at = bBase + bSteps[p];
      int step = aSteps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.broadcast(S, a[a0 + step]);
      c00 = v.fma(b0, c00);
      v = FloatVector.broadcast(S, a[a1 + step]);
      c10 = v.fma(b0, c10);
      v = FloatVector.broadcast(S, a[a2 + step]);
      c20 = v.fma(b0, c20);
      v = FloatVector.broadcast(S, a[a3 + step]);
      c30 = v.fma(b0, c30);
      v = FloatVector.broadcast(S, a[a4 + step]);
      c40 = v.fma(b0, c40);
      v = FloatVector.broadcast(S, a[a5 + step]);
      c50 = v.fma(b0, c50);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    int o0 = o.cBase + o.cRows[row];
    c00.blend(floor, c00.lt(floor)).intoArray(c, o0);
    int o1 = o.cBase + o.cRows[r1];
    c10.blend(floor, c10.lt(floor)).intoArray(c, o1);
    int o2 = o.cBase + o.cRows[r2];
    c20.blend(floor, c20.lt(floor)).intoArray(c, o2);
    int o3 = o.cBase + o.cRows[r3];
    c30.blend(floor, c30.lt(floor)).intoArray(c, o3);
    int o4 = o.cBase + o.cRows[r4];
    c40.blend(floor, c40.lt(floor)).intoArray(c, o4);
    int o5 = o.cBase + o.cRows[r5];
    c50.blend(floor, c50.lt(floor)).intoArray(c, o5);
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
    int s1 = o.startBase + o.startRows[r1];
    FloatVector c10 = FloatVector.fromArray(S, start, s1);
    int s2 = o.startBase + o.startRows[r2];
    FloatVector c20 = FloatVector.fromArray(S, start, s2);
    int s3 = o.startBase + o.startRows[r3];
    FloatVector c30 = FloatVector.fromArray(S, start, s3);
    for (int p = first; p < last; p++) {
      int at = bBase + bSteps[p];
      int step = aSteps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.broadcast(S, a[a0 + step]);
      c00 = v.fma(b0, c00);
      v = FloatVector.broadcast(S, a[a1 + step]);
      c10 = v.fma(b0, c10);
      v = FloatVector.broadcast(S, a[a2 + step]);
      c20 = v.fma(b0, c20);
      v = FloatVector.broadcast(S, a[a3 + step]);
      c30 = v.fma(b0, c30);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    int o0 = o.cBase + o.cRows[row];
    c00.blend(floor, c00.lt(floor)).intoArray(c, o0);
    int o1 = o.cBase + o.cRows[r1];
    c10.blend(floor, c10.lt(floor)).intoArray(c, o1);
    int o2 = o.cBase + o.cRows[r2];
    c20.blend(floor, c20.lt(floor)).intoArray(c, o2);
    int o3 = o.cBase + o.cRows[r3];
    c30.blend(floor, c30.lt(floor)).intoArray(c, o3);
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
    int s1 = o.startBase + o.startRows[r1];
    FloatVector c10 = FloatVector.fromArray(S, start, s1);
    for (int p = first; p < last; p++) {
      int at = bBase + bSteps[p];
      int step = aSteps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.broadcast(S, a[a0 + step]);
      c00 = v.fma(b0, c00);
      v = FloatVector.broadcast(S, a[a1 + step]);
      c10 = v.fma(b0, c10);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    int o0 = o.cBase + o.cRows[row];
    c00.blend(floor, c00.lt(floor)).intoArray(c, o0);
    int o1 = o.cBase + o.cRows[r1];
    c10.blend(floor, c10.lt(floor)).intoArray(c, o1);
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
    for (int p = first; p < last; p++) {
      int at = bBase + bSteps[p];
      int step = aSteps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector v = FloatVector.broadcast(S, a[a0 + step]);
      c00 = v.fma(b0, c00);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    int o0 = o.cBase + o.cRows[row];
    c00.blend(floor, c00.lt(floor)).intoArray(c, o0);
  }
}
