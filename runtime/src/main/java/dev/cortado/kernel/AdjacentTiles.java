package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of eight or twelve rows by two vectors, for rows whose left operands stand side by
 * side: a left matrix that is stored or packed the other way round. What they compute is said at
 * {@link Operands}. One address instead of twelve leaves C2 enough registers for all of them.
 */
final class AdjacentTiles {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private AdjacentTiles() {}

  /** Whether there is a tile of so many rows from {@code row} on, and they stand side by side. */
  static boolean has(Operands o, int row, int rows) {
    return (rows == 12 || rows == 8) && o.run >= rows && row % o.run + rows <= o.run;
  }

  /** A tile of the rows from {@code row} on, all of which are there. */
  static void rows(Operands o, int row, int rows) {
    if (rows == 12) {
      rows12(o, row);
    } else {
      rows8(o, row);
    }
  }

  private static void rows12(Operands o, int row) {
    int first = o.first;
    int last = o.last;
    float[] a = o.a;
    int[] aSteps = o.aSteps;
    int aBase = o.aBase + o.aRows[row];
    float[] b = o.b;
    int[] bSteps = o.bSteps;
    int bBase = o.bBase;
    float[] start = o.start;
    int[] startRows = o.startRows;
    int startBase = o.startBase;
    int s0 = startBase + startRows[row];
    FloatVector c00 = FloatVector.fromArray(S, start, s0);
    FloatVector c01 = FloatVector.fromArray(S, start, s0 + L);
    int s1 = startBase + startRows[row + 1];
    FloatVector c10 = FloatVector.fromArray(S, start, s1);
    FloatVector c11 = FloatVector.fromArray(S, start, s1 + L);
    int s2 = startBase + startRows[row + 2];
    FloatVector c20 = FloatVector.fromArray(S, start, s2);
    FloatVector c21 = FloatVector.fromArray(S, start, s2 + L);
    int s3 = startBase + startRows[row + 3];
    FloatVector c30 = FloatVector.fromArray(S, start, s3);
    FloatVector c31 = FloatVector.fromArray(S, start, s3 + L);
    int s4 = startBase + startRows[row + 4];
    FloatVector c40 = FloatVector.fromArray(S, start, s4);
    FloatVector c41 = FloatVector.fromArray(S, start, s4 + L);
    int s5 = startBase + startRows[row + 5];
    FloatVector c50 = FloatVector.fromArray(S, start, s5);
    FloatVector c51 = FloatVector.fromArray(S, start, s5 + L);
    int s6 = startBase + startRows[row + 6];
    FloatVector c60 = FloatVector.fromArray(S, start, s6);
    FloatVector c61 = FloatVector.fromArray(S, start, s6 + L);
    int s7 = startBase + startRows[row + 7];
    FloatVector c70 = FloatVector.fromArray(S, start, s7);
    FloatVector c71 = FloatVector.fromArray(S, start, s7 + L);
    int s8 = startBase + startRows[row + 8];
    FloatVector c80 = FloatVector.fromArray(S, start, s8);
    FloatVector c81 = FloatVector.fromArray(S, start, s8 + L);
    int s9 = startBase + startRows[row + 9];
    FloatVector c90 = FloatVector.fromArray(S, start, s9);
    FloatVector c91 = FloatVector.fromArray(S, start, s9 + L);
    int s10 = startBase + startRows[row + 10];
    FloatVector c100 = FloatVector.fromArray(S, start, s10);
    FloatVector c101 = FloatVector.fromArray(S, start, s10 + L);
    int s11 = startBase + startRows[row + 11];
    FloatVector c110 = FloatVector.fromArray(S, start, s11);
    FloatVector c111 = FloatVector.fromArray(S, start, s11 + L);
    for (int p = first; p < last; p++) {
      int at = bBase + bSteps[p];
      int i = aBase + aSteps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector b1 = FloatVector.fromArray(S, b, at + L);
      FloatVector v = FloatVector.broadcast(S, a[i]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      v = FloatVector.broadcast(S, a[i + 1]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      v = FloatVector.broadcast(S, a[i + 2]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      v = FloatVector.broadcast(S, a[i + 3]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
      v = FloatVector.broadcast(S, a[i + 4]);
      c40 = v.fma(b0, c40);
      c41 = v.fma(b1, c41);
      v = FloatVector.broadcast(S, a[i + 5]);
      c50 = v.fma(b0, c50);
      c51 = v.fma(b1, c51);
      v = FloatVector.broadcast(S, a[i + 6]);
      c60 = v.fma(b0, c60);
      c61 = v.fma(b1, c61);
      v = FloatVector.broadcast(S, a[i + 7]);
      c70 = v.fma(b0, c70);
      c71 = v.fma(b1, c71);
      v = FloatVector.broadcast(S, a[i + 8]);
      c80 = v.fma(b0, c80);
      c81 = v.fma(b1, c81);
      v = FloatVector.broadcast(S, a[i + 9]);
      c90 = v.fma(b0, c90);
      c91 = v.fma(b1, c91);
      v = FloatVector.broadcast(S, a[i + 10]);
      c100 = v.fma(b0, c100);
      c101 = v.fma(b1, c101);
      v = FloatVector.broadcast(S, a[i + 11]);
      c110 = v.fma(b0, c110);
      c111 = v.fma(b1, c111);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    float[] c = o.c;
    int[] cRows = o.cRows;
    int cBase = o.cBase;
    int o0 = cBase + cRows[row];
    c00.blend(floor, c00.lt(floor)).intoArray(c, o0);
    c01.blend(floor, c01.lt(floor)).intoArray(c, o0 + L);
    int o1 = cBase + cRows[row + 1];
    c10.blend(floor, c10.lt(floor)).intoArray(c, o1);
    c11.blend(floor, c11.lt(floor)).intoArray(c, o1 + L);
    int o2 = cBase + cRows[row + 2];
    c20.blend(floor, c20.lt(floor)).intoArray(c, o2);
    c21.blend(floor, c21.lt(floor)).intoArray(c, o2 + L);
    int o3 = cBase + cRows[row + 3];
    c30.blend(floor, c30.lt(floor)).intoArray(c, o3);
    c31.blend(floor, c31.lt(floor)).intoArray(c, o3 + L);
    int o4 = cBase + cRows[row + 4];
    c40.blend(floor, c40.lt(floor)).intoArray(c, o4);
    c41.blend(floor, c41.lt(floor)).intoArray(c, o4 + L);
    int o5 = cBase + cRows[row + 5];
    c50.blend(floor, c50.lt(floor)).intoArray(c, o5);
    c51.blend(floor, c51.lt(floor)).intoArray(c, o5 + L);
    int o6 = cBase + cRows[row + 6];
    c60.blend(floor, c60.lt(floor)).intoArray(c, o6);
    c61.blend(floor, c61.lt(floor)).intoArray(c, o6 + L);
    int o7 = cBase + cRows[row + 7];
    c70.blend(floor, c70.lt(floor)).intoArray(c, o7);
    c71.blend(floor, c71.lt(floor)).intoArray(c, o7 + L);
    int o8 = cBase + cRows[row + 8];
    c80.blend(floor, c80.lt(floor)).intoArray(c, o8);
    c81.blend(floor, c81.lt(floor)).intoArray(c, o8 + L);
    int o9 = cBase + cRows[row + 9];
    c90.blend(floor, c90.lt(floor)).intoArray(c, o9);
    c91.blend(floor, c91.lt(floor)).intoArray(c, o9 + L);
    int o10 = cBase + cRows[row + 10];
    c100.blend(floor, c100.lt(floor)).intoArray(c, o10);
    c101.blend(floor, c101.lt(floor)).intoArray(c, o10 + L);
    int o11 = cBase + cRows[row + 11];
    c110.blend(floor, c110.lt(floor)).intoArray(c, o11);
    c111.blend(floor, c111.lt(floor)).intoArray(c, o11 + L);
  }

  private static void rows8(Operands o, int row) {
    int first = o.first;
    int last = o.last;
    float[] a = o.a;
    int[] aSteps = o.aSteps;
    int aBase = o.aBase + o.aRows[row];
    float[] b = o.b;
    int[] bSteps = o.bSteps;
    int bBase = o.bBase;
    float[] start = o.start;
    int[] startRows = o.startRows;
    int startBase = o.startBase;
    int s0 = startBase + startRows[row];
    FloatVector c00 = FloatVector.fromArray(S, start, s0);
    FloatVector c01 = FloatVector.fromArray(S, start, s0 + L);
    int s1 = startBase + startRows[row + 1];
    FloatVector c10 = FloatVector.fromArray(S, start, s1);
    FloatVector c11 = FloatVector.fromArray(S, start, s1 + L);
    int s2 = startBase + startRows[row + 2];
    FloatVector c20 = FloatVector.fromArray(S, start, s2);
    FloatVector c21 = FloatVector.fromArray(S, start, s2 + L);
    int s3 = startBase + startRows[row + 3];
    FloatVector c30 = FloatVector.fromArray(S, start, s3);
    FloatVector c31 = FloatVector.fromArray(S, start, s3 + L);
    int s4 = startBase + startRows[row + 4];
    FloatVector c40 = FloatVector.fromArray(S, start, s4);
    FloatVector c41 = FloatVector.fromArray(S, start, s4 + L);
    int s5 = startBase + startRows[row + 5];
    FloatVector c50 = FloatVector.fromArray(S, start, s5);
    FloatVector c51 = FloatVector.fromArray(S, start, s5 + L);
    int s6 = startBase + startRows[row + 6];
    FloatVector c60 = FloatVector.fromArray(S, start, s6);
    FloatVector c61 = FloatVector.fromArray(S, start, s6 + L);
    int s7 = startBase + startRows[row + 7];
    FloatVector c70 = FloatVector.fromArray(S, start, s7);
    FloatVector c71 = FloatVector.fromArray(S, start, s7 + L);
    for (int p = first; p < last; p++) {
      int at = bBase + bSteps[p];
      int i = aBase + aSteps[p];
      FloatVector b0 = FloatVector.fromArray(S, b, at);
      FloatVector b1 = FloatVector.fromArray(S, b, at + L);
      FloatVector v = FloatVector.broadcast(S, a[i]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      v = FloatVector.broadcast(S, a[i + 1]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      v = FloatVector.broadcast(S, a[i + 2]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      v = FloatVector.broadcast(S, a[i + 3]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
      v = FloatVector.broadcast(S, a[i + 4]);
      c40 = v.fma(b0, c40);
      c41 = v.fma(b1, c41);
      v = FloatVector.broadcast(S, a[i + 5]);
      c50 = v.fma(b0, c50);
      c51 = v.fma(b1, c51);
      v = FloatVector.broadcast(S, a[i + 6]);
      c60 = v.fma(b0, c60);
      c61 = v.fma(b1, c61);
      v = FloatVector.broadcast(S, a[i + 7]);
      c70 = v.fma(b0, c70);
      c71 = v.fma(b1, c71);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    float[] c = o.c;
    int[] cRows = o.cRows;
    int cBase = o.cBase;
    int o0 = cBase + cRows[row];
    c00.blend(floor, c00.lt(floor)).intoArray(c, o0);
    c01.blend(floor, c01.lt(floor)).intoArray(c, o0 + L);
    int o1 = cBase + cRows[row + 1];
    c10.blend(floor, c10.lt(floor)).intoArray(c, o1);
    c11.blend(floor, c11.lt(floor)).intoArray(c, o1 + L);
    int o2 = cBase + cRows[row + 2];
    c20.blend(floor, c20.lt(floor)).intoArray(c, o2);
    c21.blend(floor, c21.lt(floor)).intoArray(c, o2 + L);
    int o3 = cBase + cRows[row + 3];
    c30.blend(floor, c30.lt(floor)).intoArray(c, o3);
    c31.blend(floor, c31.lt(floor)).intoArray(c, o3 + L);
    int o4 = cBase + cRows[row + 4];
    c40.blend(floor, c40.lt(floor)).intoArray(c, o4);
    c41.blend(floor, c41.lt(floor)).intoArray(c, o4 + L);
    int o5 = cBase + cRows[row + 5];
    c50.blend(floor, c50.lt(floor)).intoArray(c, o5);
    c51.blend(floor, c51.lt(floor)).intoArray(c, o5 + L);
    int o6 = cBase + cRows[row + 6];
    c60.blend(floor, c60.lt(floor)).intoArray(c, o6);
    c61.blend(floor, c61.lt(floor)).intoArray(c, o6 + L);
    int o7 = cBase + cRows[row + 7];
    c70.blend(floor, c70.lt(floor)).intoArray(c, o7);
    c71.blend(floor, c71.lt(floor)).intoArray(c, o7 + L);
  }
}
