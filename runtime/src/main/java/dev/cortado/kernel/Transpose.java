package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes matrices a square of vectors at a time. A square is transposed by exchanging its two
 * off-diagonal quarters, then those of each quarter, and so on.
 */
final class Transpose {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private static final VectorShuffle<Float> SWAP8 = swap(8);
  private static final VectorShuffle<Float> SWAP4 = swap(4);
  private static final VectorShuffle<Float> SWAP2 = swap(2);
  private static final VectorShuffle<Float> SWAP1 = swap(1);
  private static final VectorMask<Float> ODD8 = odd(8);
  private static final VectorMask<Float> ODD4 = odd(4);
  private static final VectorMask<Float> ODD2 = odd(2);
  private static final VectorMask<Float> ODD1 = odd(1);

  private static final boolean SQUARES = L == 4 || L == 8 || L == 16;

  private Transpose() {}

  /**
   * Transposes {@code count} rows of {@code columns} floats, {@code row} apart, into {@code
   * columns} rows {@code toRow} apart, and writes nothing else.
   */
  static void run(
      float[] from, int at, int row, int count, int columns, float[] to, int toAt, int toRow) {
    if (count < L || columns < L || !SQUARES) {
      elements(from, at, row, count, columns, to, toAt, toRow);
      return;
    }
    // The last squares overlap the ones before, rather than being parts of squares.
    for (int r = 0; r < count; r += L) {
      int first = Math.min(r, count - L);
      for (int j = 0; j < columns; j += L) {
        int column = Math.min(j, columns - L);
        square(from, at + first * row + column, row, to, toAt + column * toRow + first, toRow);
      }
    }
  }

  private static void elements(
      float[] from, int at, int row, int count, int columns, float[] to, int toAt, int toRow) {
    for (int r = 0; r < count; r++) {
      int source = at + r * row;
      int target = toAt + r;
      for (int j = 0; j < columns; j++) {
        to[target + j * toRow] = from[source + j];
      }
    }
  }

  private static void square(float[] from, int at, int row, float[] to, int toAt, int toRow) {
    switch (L) {
      case 16 -> block16(from, at, row, to, toAt, toRow);
      case 8 -> block8(from, at, row, to, toAt, toRow);
      default -> block4(from, at, row, to, toAt, toRow);
    }
  }

  private static void block16(float[] from, int at, int row, float[] to, int toAt, int toRow) {
    FloatVector a0 = FloatVector.fromArray(S, from, at);
    FloatVector a1 = FloatVector.fromArray(S, from, at + row);
    FloatVector a2 = FloatVector.fromArray(S, from, at + 2 * row);
    FloatVector a3 = FloatVector.fromArray(S, from, at + 3 * row);
    FloatVector a4 = FloatVector.fromArray(S, from, at + 4 * row);
    FloatVector a5 = FloatVector.fromArray(S, from, at + 5 * row);
    FloatVector a6 = FloatVector.fromArray(S, from, at + 6 * row);
    FloatVector a7 = FloatVector.fromArray(S, from, at + 7 * row);
    FloatVector a8 = FloatVector.fromArray(S, from, at + 8 * row);
    FloatVector a9 = FloatVector.fromArray(S, from, at + 9 * row);
    FloatVector a10 = FloatVector.fromArray(S, from, at + 10 * row);
    FloatVector a11 = FloatVector.fromArray(S, from, at + 11 * row);
    FloatVector a12 = FloatVector.fromArray(S, from, at + 12 * row);
    FloatVector a13 = FloatVector.fromArray(S, from, at + 13 * row);
    FloatVector a14 = FloatVector.fromArray(S, from, at + 14 * row);
    FloatVector a15 = FloatVector.fromArray(S, from, at + 15 * row);
    FloatVector b0 = a0.blend(a8.rearrange(SWAP8), ODD8);
    FloatVector b8 = a0.rearrange(SWAP8).blend(a8, ODD8);
    FloatVector b1 = a1.blend(a9.rearrange(SWAP8), ODD8);
    FloatVector b9 = a1.rearrange(SWAP8).blend(a9, ODD8);
    FloatVector b2 = a2.blend(a10.rearrange(SWAP8), ODD8);
    FloatVector b10 = a2.rearrange(SWAP8).blend(a10, ODD8);
    FloatVector b3 = a3.blend(a11.rearrange(SWAP8), ODD8);
    FloatVector b11 = a3.rearrange(SWAP8).blend(a11, ODD8);
    FloatVector b4 = a4.blend(a12.rearrange(SWAP8), ODD8);
    FloatVector b12 = a4.rearrange(SWAP8).blend(a12, ODD8);
    FloatVector b5 = a5.blend(a13.rearrange(SWAP8), ODD8);
    FloatVector b13 = a5.rearrange(SWAP8).blend(a13, ODD8);
    FloatVector b6 = a6.blend(a14.rearrange(SWAP8), ODD8);
    FloatVector b14 = a6.rearrange(SWAP8).blend(a14, ODD8);
    FloatVector b7 = a7.blend(a15.rearrange(SWAP8), ODD8);
    FloatVector b15 = a7.rearrange(SWAP8).blend(a15, ODD8);
    FloatVector c0 = b0.blend(b4.rearrange(SWAP4), ODD4);
    FloatVector c4 = b0.rearrange(SWAP4).blend(b4, ODD4);
    FloatVector c1 = b1.blend(b5.rearrange(SWAP4), ODD4);
    FloatVector c5 = b1.rearrange(SWAP4).blend(b5, ODD4);
    FloatVector c2 = b2.blend(b6.rearrange(SWAP4), ODD4);
    FloatVector c6 = b2.rearrange(SWAP4).blend(b6, ODD4);
    FloatVector c3 = b3.blend(b7.rearrange(SWAP4), ODD4);
    FloatVector c7 = b3.rearrange(SWAP4).blend(b7, ODD4);
    FloatVector c8 = b8.blend(b12.rearrange(SWAP4), ODD4);
    FloatVector c12 = b8.rearrange(SWAP4).blend(b12, ODD4);
    FloatVector c9 = b9.blend(b13.rearrange(SWAP4), ODD4);
    FloatVector c13 = b9.rearrange(SWAP4).blend(b13, ODD4);
    FloatVector c10 = b10.blend(b14.rearrange(SWAP4), ODD4);
    FloatVector c14 = b10.rearrange(SWAP4).blend(b14, ODD4);
    FloatVector c11 = b11.blend(b15.rearrange(SWAP4), ODD4);
    FloatVector c15 = b11.rearrange(SWAP4).blend(b15, ODD4);
    FloatVector d0 = c0.blend(c2.rearrange(SWAP2), ODD2);
    FloatVector d2 = c0.rearrange(SWAP2).blend(c2, ODD2);
    FloatVector d1 = c1.blend(c3.rearrange(SWAP2), ODD2);
    FloatVector d3 = c1.rearrange(SWAP2).blend(c3, ODD2);
    FloatVector d4 = c4.blend(c6.rearrange(SWAP2), ODD2);
    FloatVector d6 = c4.rearrange(SWAP2).blend(c6, ODD2);
    FloatVector d5 = c5.blend(c7.rearrange(SWAP2), ODD2);
    FloatVector d7 = c5.rearrange(SWAP2).blend(c7, ODD2);
    FloatVector d8 = c8.blend(c10.rearrange(SWAP2), ODD2);
    FloatVector d10 = c8.rearrange(SWAP2).blend(c10, ODD2);
    FloatVector d9 = c9.blend(c11.rearrange(SWAP2), ODD2);
    FloatVector d11 = c9.rearrange(SWAP2).blend(c11, ODD2);
    FloatVector d12 = c12.blend(c14.rearrange(SWAP2), ODD2);
    FloatVector d14 = c12.rearrange(SWAP2).blend(c14, ODD2);
    FloatVector d13 = c13.blend(c15.rearrange(SWAP2), ODD2);
    FloatVector d15 = c13.rearrange(SWAP2).blend(c15, ODD2);
    FloatVector e0 = d0.blend(d1.rearrange(SWAP1), ODD1);
    FloatVector e1 = d0.rearrange(SWAP1).blend(d1, ODD1);
    FloatVector e2 = d2.blend(d3.rearrange(SWAP1), ODD1);
    FloatVector e3 = d2.rearrange(SWAP1).blend(d3, ODD1);
    FloatVector e4 = d4.blend(d5.rearrange(SWAP1), ODD1);
    FloatVector e5 = d4.rearrange(SWAP1).blend(d5, ODD1);
    FloatVector e6 = d6.blend(d7.rearrange(SWAP1), ODD1);
    FloatVector e7 = d6.rearrange(SWAP1).blend(d7, ODD1);
    FloatVector e8 = d8.blend(d9.rearrange(SWAP1), ODD1);
    FloatVector e9 = d8.rearrange(SWAP1).blend(d9, ODD1);
    FloatVector e10 = d10.blend(d11.rearrange(SWAP1), ODD1);
    FloatVector e11 = d10.rearrange(SWAP1).blend(d11, ODD1);
    FloatVector e12 = d12.blend(d13.rearrange(SWAP1), ODD1);
    FloatVector e13 = d12.rearrange(SWAP1).blend(d13, ODD1);
    FloatVector e14 = d14.blend(d15.rearrange(SWAP1), ODD1);
    FloatVector e15 = d14.rearrange(SWAP1).blend(d15, ODD1);
    e0.intoArray(to, toAt);
    e1.intoArray(to, toAt + toRow);
    e2.intoArray(to, toAt + 2 * toRow);
    e3.intoArray(to, toAt + 3 * toRow);
    e4.intoArray(to, toAt + 4 * toRow);
    e5.intoArray(to, toAt + 5 * toRow);
    e6.intoArray(to, toAt + 6 * toRow);
    e7.intoArray(to, toAt + 7 * toRow);
    e8.intoArray(to, toAt + 8 * toRow);
    e9.intoArray(to, toAt + 9 * toRow);
    e10.intoArray(to, toAt + 10 * toRow);
    e11.intoArray(to, toAt + 11 * toRow);
    e12.intoArray(to, toAt + 12 * toRow);
    e13.intoArray(to, toAt + 13 * toRow);
    e14.intoArray(to, toAt + 14 * toRow);
    e15.intoArray(to, toAt + 15 * toRow);
  }

  private static void block8(float[] from, int at, int row, float[] to, int toAt, int toRow) {
    FloatVector a0 = FloatVector.fromArray(S, from, at);
    FloatVector a1 = FloatVector.fromArray(S, from, at + row);
    FloatVector a2 = FloatVector.fromArray(S, from, at + 2 * row);
    FloatVector a3 = FloatVector.fromArray(S, from, at + 3 * row);
    FloatVector a4 = FloatVector.fromArray(S, from, at + 4 * row);
    FloatVector a5 = FloatVector.fromArray(S, from, at + 5 * row);
    FloatVector a6 = FloatVector.fromArray(S, from, at + 6 * row);
    FloatVector a7 = FloatVector.fromArray(S, from, at + 7 * row);
    FloatVector b0 = a0.blend(a4.rearrange(SWAP4), ODD4);
    FloatVector b4 = a0.rearrange(SWAP4).blend(a4, ODD4);
    FloatVector b1 = a1.blend(a5.rearrange(SWAP4), ODD4);
    FloatVector b5 = a1.rearrange(SWAP4).blend(a5, ODD4);
    FloatVector b2 = a2.blend(a6.rearrange(SWAP4), ODD4);
    FloatVector b6 = a2.rearrange(SWAP4).blend(a6, ODD4);
    FloatVector b3 = a3.blend(a7.rearrange(SWAP4), ODD4);
    FloatVector b7 = a3.rearrange(SWAP4).blend(a7, ODD4);
    FloatVector c0 = b0.blend(b2.rearrange(SWAP2), ODD2);
    FloatVector c2 = b0.rearrange(SWAP2).blend(b2, ODD2);
    FloatVector c1 = b1.blend(b3.rearrange(SWAP2), ODD2);
    FloatVector c3 = b1.rearrange(SWAP2).blend(b3, ODD2);
    FloatVector c4 = b4.blend(b6.rearrange(SWAP2), ODD2);
    FloatVector c6 = b4.rearrange(SWAP2).blend(b6, ODD2);
    FloatVector c5 = b5.blend(b7.rearrange(SWAP2), ODD2);
    FloatVector c7 = b5.rearrange(SWAP2).blend(b7, ODD2);
    FloatVector d0 = c0.blend(c1.rearrange(SWAP1), ODD1);
    FloatVector d1 = c0.rearrange(SWAP1).blend(c1, ODD1);
    FloatVector d2 = c2.blend(c3.rearrange(SWAP1), ODD1);
    FloatVector d3 = c2.rearrange(SWAP1).blend(c3, ODD1);
    FloatVector d4 = c4.blend(c5.rearrange(SWAP1), ODD1);
    FloatVector d5 = c4.rearrange(SWAP1).blend(c5, ODD1);
    FloatVector d6 = c6.blend(c7.rearrange(SWAP1), ODD1);
    FloatVector d7 = c6.rearrange(SWAP1).blend(c7, ODD1);
    d0.intoArray(to, toAt);
    d1.intoArray(to, toAt + toRow);
    d2.intoArray(to, toAt + 2 * toRow);
    d3.intoArray(to, toAt + 3 * toRow);
    d4.intoArray(to, toAt + 4 * toRow);
    d5.intoArray(to, toAt + 5 * toRow);
    d6.intoArray(to, toAt + 6 * toRow);
    d7.intoArray(to, toAt + 7 * toRow);
  }

  private static void block4(float[] from, int at, int row, float[] to, int toAt, int toRow) {
    FloatVector a0 = FloatVector.fromArray(S, from, at);
    FloatVector a1 = FloatVector.fromArray(S, from, at + row);
    FloatVector a2 = FloatVector.fromArray(S, from, at + 2 * row);
    FloatVector a3 = FloatVector.fromArray(S, from, at + 3 * row);
    FloatVector b0 = a0.blend(a2.rearrange(SWAP2), ODD2);
    FloatVector b2 = a0.rearrange(SWAP2).blend(a2, ODD2);
    FloatVector b1 = a1.blend(a3.rearrange(SWAP2), ODD2);
    FloatVector b3 = a1.rearrange(SWAP2).blend(a3, ODD2);
    FloatVector c0 = b0.blend(b1.rearrange(SWAP1), ODD1);
    FloatVector c1 = b0.rearrange(SWAP1).blend(b1, ODD1);
    FloatVector c2 = b2.blend(b3.rearrange(SWAP1), ODD1);
    FloatVector c3 = b2.rearrange(SWAP1).blend(b3, ODD1);
    c0.intoArray(to, toAt);
    c1.intoArray(to, toAt + toRow);
    c2.intoArray(to, toAt + 2 * toRow);
    c3.intoArray(to, toAt + 3 * toRow);
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(S, i -> (i ^ distance) % L);
  }

  private static VectorMask<Float> odd(int distance) {
    boolean[] lanes = new boolean[L];
    for (int i = 0; i < L; i++) {
      lanes[i] = (i & distance) != 0;
    }
    return VectorMask.fromArray(S, lanes, 0);
  }
}
