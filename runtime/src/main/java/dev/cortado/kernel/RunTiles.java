package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of ten or twelve rows by one vector, for rows whose left operands stand side by
 * side in runs of three, four or five: pixels of a row of an image, taps of a row of a kernel. What
 * they compute is said at {@link Operands}. That the operands of a run lie at constant distances
 * spares an addition, a check of bounds and a load for each, which one vector's multiplications do
 * not hide.
 */
final class RunTiles {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;

  static final int SHORTEST = 3;
  static final int LONGEST = 5;

  private RunTiles() {}

  /** Rows of a tile of runs of this length; 0 if there is none. */
  static int height(int run) {
    return switch (run) {
      case 3, 4 -> 12;
      case 5 -> 10;
      default -> 0;
    };
  }

  /** A tile of the rows from {@code row} on, where a run begins. */
  static void rows(Operands o, int row) {
    switch (o.run) {
      case 3 -> threes(o, row);
      case 4 -> fours(o, row);
      case 5 -> fives(o, row);
      default -> throw new IllegalStateException("no tile of runs of " + o.run);
    }
  }

  private static void threes(Operands o, int row) {
    int first = o.first;
    int last = o.last;
    float[] a = o.a;
    int[] aSteps = o.aSteps;
    float[] b = o.b;
    int[] bSteps = o.bSteps;
    int bBase = o.bBase;
    int a0 = o.aBase + o.aRows[row];
    int a1 = o.aBase + o.aRows[row + 3];
    int a2 = o.aBase + o.aRows[row + 6];
    int a3 = o.aBase + o.aRows[row + 9];
    float[] start = o.start;
    int[] startRows = o.startRows;
    int startBase = o.startBase;
    FloatVector c0 = FloatVector.fromArray(S, start, startBase + startRows[row]);
    FloatVector c1 = FloatVector.fromArray(S, start, startBase + startRows[row + 1]);
    FloatVector c2 = FloatVector.fromArray(S, start, startBase + startRows[row + 2]);
    FloatVector c3 = FloatVector.fromArray(S, start, startBase + startRows[row + 3]);
    FloatVector c4 = FloatVector.fromArray(S, start, startBase + startRows[row + 4]);
    FloatVector c5 = FloatVector.fromArray(S, start, startBase + startRows[row + 5]);
    FloatVector c6 = FloatVector.fromArray(S, start, startBase + startRows[row + 6]);
    FloatVector c7 = FloatVector.fromArray(S, start, startBase + startRows[row + 7]);
    FloatVector c8 = FloatVector.fromArray(S, start, startBase + startRows[row + 8]);
    FloatVector c9 = FloatVector.fromArray(S, start, startBase + startRows[row + 9]);
    FloatVector c10 = FloatVector.fromArray(S, start, startBase + startRows[row + 10]);
    FloatVector c11 = FloatVector.fromArray(S, start, startBase + startRows[row + 11]);
    for (int p = first; p < last; p++) {
      FloatVector v = FloatVector.fromArray(S, b, bBase + bSteps[p]);
      int step = aSteps[p];
      int i0 = a0 + step;
      c0 = v.fma(FloatVector.broadcast(S, a[i0]), c0);
      c1 = v.fma(FloatVector.broadcast(S, a[i0 + 1]), c1);
      c2 = v.fma(FloatVector.broadcast(S, a[i0 + 2]), c2);
      int i1 = a1 + step;
      c3 = v.fma(FloatVector.broadcast(S, a[i1]), c3);
      c4 = v.fma(FloatVector.broadcast(S, a[i1 + 1]), c4);
      c5 = v.fma(FloatVector.broadcast(S, a[i1 + 2]), c5);
      int i2 = a2 + step;
      c6 = v.fma(FloatVector.broadcast(S, a[i2]), c6);
      c7 = v.fma(FloatVector.broadcast(S, a[i2 + 1]), c7);
      c8 = v.fma(FloatVector.broadcast(S, a[i2 + 2]), c8);
      int i3 = a3 + step;
      c9 = v.fma(FloatVector.broadcast(S, a[i3]), c9);
      c10 = v.fma(FloatVector.broadcast(S, a[i3 + 1]), c10);
      c11 = v.fma(FloatVector.broadcast(S, a[i3 + 2]), c11);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    float[] c = o.c;
    int[] cRows = o.cRows;
    int cBase = o.cBase;
    c0.blend(floor, c0.lt(floor)).intoArray(c, cBase + cRows[row]);
    c1.blend(floor, c1.lt(floor)).intoArray(c, cBase + cRows[row + 1]);
    c2.blend(floor, c2.lt(floor)).intoArray(c, cBase + cRows[row + 2]);
    c3.blend(floor, c3.lt(floor)).intoArray(c, cBase + cRows[row + 3]);
    c4.blend(floor, c4.lt(floor)).intoArray(c, cBase + cRows[row + 4]);
    c5.blend(floor, c5.lt(floor)).intoArray(c, cBase + cRows[row + 5]);
    c6.blend(floor, c6.lt(floor)).intoArray(c, cBase + cRows[row + 6]);
    c7.blend(floor, c7.lt(floor)).intoArray(c, cBase + cRows[row + 7]);
    c8.blend(floor, c8.lt(floor)).intoArray(c, cBase + cRows[row + 8]);
    c9.blend(floor, c9.lt(floor)).intoArray(c, cBase + cRows[row + 9]);
    c10.blend(floor, c10.lt(floor)).intoArray(c, cBase + cRows[row + 10]);
    c11.blend(floor, c11.lt(floor)).intoArray(c, cBase + cRows[row + 11]);
  }

  private static void fours(Operands o, int row) {
    int first = o.first;
    int last = o.last;
    float[] a = o.a;
    int[] aSteps = o.aSteps;
    float[] b = o.b;
    int[] bSteps = o.bSteps;
    int bBase = o.bBase;
    int a0 = o.aBase + o.aRows[row];
    int a1 = o.aBase + o.aRows[row + 4];
    int a2 = o.aBase + o.aRows[row + 8];
    float[] start = o.start;
    int[] startRows = o.startRows;
    int startBase = o.startBase;
    FloatVector c0 = FloatVector.fromArray(S, start, startBase + startRows[row]);
    FloatVector c1 = FloatVector.fromArray(S, start, startBase + startRows[row + 1]);
    FloatVector c2 = FloatVector.fromArray(S, start, startBase + startRows[row + 2]);
    FloatVector c3 = FloatVector.fromArray(S, start, startBase + startRows[row + 3]);
    FloatVector c4 = FloatVector.fromArray(S, start, startBase + startRows[row + 4]);
    FloatVector c5 = FloatVector.fromArray(S, start, startBase + startRows[row + 5]);
    FloatVector c6 = FloatVector.fromArray(S, start, startBase + startRows[row + 6]);
    FloatVector c7 = FloatVector.fromArray(S, start, startBase + startRows[row + 7]);
    FloatVector c8 = FloatVector.fromArray(S, start, startBase + startRows[row + 8]);
    FloatVector c9 = FloatVector.fromArray(S, start, startBase + startRows[row + 9]);
    FloatVector c10 = FloatVector.fromArray(S, start, startBase + startRows[row + 10]);
    FloatVector c11 = FloatVector.fromArray(S, start, startBase + startRows[row + 11]);
    for (int p = first; p < last; p++) {
      FloatVector v = FloatVector.fromArray(S, b, bBase + bSteps[p]);
      int step = aSteps[p];
      int i0 = a0 + step;
      c0 = v.fma(FloatVector.broadcast(S, a[i0]), c0);
      c1 = v.fma(FloatVector.broadcast(S, a[i0 + 1]), c1);
      c2 = v.fma(FloatVector.broadcast(S, a[i0 + 2]), c2);
      c3 = v.fma(FloatVector.broadcast(S, a[i0 + 3]), c3);
      int i1 = a1 + step;
      c4 = v.fma(FloatVector.broadcast(S, a[i1]), c4);
      c5 = v.fma(FloatVector.broadcast(S, a[i1 + 1]), c5);
      c6 = v.fma(FloatVector.broadcast(S, a[i1 + 2]), c6);
      c7 = v.fma(FloatVector.broadcast(S, a[i1 + 3]), c7);
      int i2 = a2 + step;
      c8 = v.fma(FloatVector.broadcast(S, a[i2]), c8);
      c9 = v.fma(FloatVector.broadcast(S, a[i2 + 1]), c9);
      c10 = v.fma(FloatVector.broadcast(S, a[i2 + 2]), c10);
      c11 = v.fma(FloatVector.broadcast(S, a[i2 + 3]), c11);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    float[] c = o.c;
    int[] cRows = o.cRows;
    int cBase = o.cBase;
    c0.blend(floor, c0.lt(floor)).intoArray(c, cBase + cRows[row]);
    c1.blend(floor, c1.lt(floor)).intoArray(c, cBase + cRows[row + 1]);
    c2.blend(floor, c2.lt(floor)).intoArray(c, cBase + cRows[row + 2]);
    c3.blend(floor, c3.lt(floor)).intoArray(c, cBase + cRows[row + 3]);
    c4.blend(floor, c4.lt(floor)).intoArray(c, cBase + cRows[row + 4]);
    c5.blend(floor, c5.lt(floor)).intoArray(c, cBase + cRows[row + 5]);
    c6.blend(floor, c6.lt(floor)).intoArray(c, cBase + cRows[row + 6]);
    c7.blend(floor, c7.lt(floor)).intoArray(c, cBase + cRows[row + 7]);
    c8.blend(floor, c8.lt(floor)).intoArray(c, cBase + cRows[row + 8]);
    c9.blend(floor, c9.lt(floor)).intoArray(c, cBase + cRows[row + 9]);
    c10.blend(floor, c10.lt(floor)).intoArray(c, cBase + cRows[row + 10]);
    c11.blend(floor, c11.lt(floor)).intoArray(c, cBase + cRows[row + 11]);
  }

  private static void fives(Operands o, int row) {
    int first = o.first;
    int last = o.last;
    float[] a = o.a;
    int[] aSteps = o.aSteps;
    float[] b = o.b;
    int[] bSteps = o.bSteps;
    int bBase = o.bBase;
    int a0 = o.aBase + o.aRows[row];
    int a1 = o.aBase + o.aRows[row + 5];
    float[] start = o.start;
    int[] startRows = o.startRows;
    int startBase = o.startBase;
    FloatVector c0 = FloatVector.fromArray(S, start, startBase + startRows[row]);
    FloatVector c1 = FloatVector.fromArray(S, start, startBase + startRows[row + 1]);
    FloatVector c2 = FloatVector.fromArray(S, start, startBase + startRows[row + 2]);
    FloatVector c3 = FloatVector.fromArray(S, start, startBase + startRows[row + 3]);
    FloatVector c4 = FloatVector.fromArray(S, start, startBase + startRows[row + 4]);
    FloatVector c5 = FloatVector.fromArray(S, start, startBase + startRows[row + 5]);
    FloatVector c6 = FloatVector.fromArray(S, start, startBase + startRows[row + 6]);
    FloatVector c7 = FloatVector.fromArray(S, start, startBase + startRows[row + 7]);
    FloatVector c8 = FloatVector.fromArray(S, start, startBase + startRows[row + 8]);
    FloatVector c9 = FloatVector.fromArray(S, start, startBase + startRows[row + 9]);
    for (int p = first; p < last; p++) {
      FloatVector v = FloatVector.fromArray(S, b, bBase + bSteps[p]);
      int step = aSteps[p];
      int i0 = a0 + step;
      c0 = v.fma(FloatVector.broadcast(S, a[i0]), c0);
      c1 = v.fma(FloatVector.broadcast(S, a[i0 + 1]), c1);
      c2 = v.fma(FloatVector.broadcast(S, a[i0 + 2]), c2);
      c3 = v.fma(FloatVector.broadcast(S, a[i0 + 3]), c3);
      c4 = v.fma(FloatVector.broadcast(S, a[i0 + 4]), c4);
      int i1 = a1 + step;
      c5 = v.fma(FloatVector.broadcast(S, a[i1]), c5);
      c6 = v.fma(FloatVector.broadcast(S, a[i1 + 1]), c6);
      c7 = v.fma(FloatVector.broadcast(S, a[i1 + 2]), c7);
      c8 = v.fma(FloatVector.broadcast(S, a[i1 + 3]), c8);
      c9 = v.fma(FloatVector.broadcast(S, a[i1 + 4]), c9);
    }
    FloatVector floor = FloatVector.broadcast(S, o.floor);
    float[] c = o.c;
    int[] cRows = o.cRows;
    int cBase = o.cBase;
    c0.blend(floor, c0.lt(floor)).intoArray(c, cBase + cRows[row]);
    c1.blend(floor, c1.lt(floor)).intoArray(c, cBase + cRows[row + 1]);
    c2.blend(floor, c2.lt(floor)).intoArray(c, cBase + cRows[row + 2]);
    c3.blend(floor, c3.lt(floor)).intoArray(c, cBase + cRows[row + 3]);
    c4.blend(floor, c4.lt(floor)).intoArray(c, cBase + cRows[row + 4]);
    c5.blend(floor, c5.lt(floor)).intoArray(c, cBase + cRows[row + 5]);
    c6.blend(floor, c6.lt(floor)).intoArray(c, cBase + cRows[row + 6]);
    c7.blend(floor, c7.lt(floor)).intoArray(c, cBase + cRows[row + 7]);
    c8.blend(floor, c8.lt(floor)).intoArray(c, cBase + cRows[row + 8]);
    c9.blend(floor, c9.lt(floor)).intoArray(c, cBase + cRows[row + 9]);
  }
}
