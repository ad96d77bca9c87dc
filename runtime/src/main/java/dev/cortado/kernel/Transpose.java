package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes matrices a square of vectors at a time. A square is transposed by exchanging its two
 * off-diagonal quarters, then those of each quarter, and so on. What two vectors exchange is
 * blended into one first, so that an exchange is one permutation, for which there are fewer units
 * than for blends.
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

  /**
   * Transposes fewer rows than a vector has lanes into rows of whole vectors, as many rows as there
   * are columns; lanes beyond {@code count} get any values.
   */
  static void few(
      float[] from, int at, int row, int count, int columns, float[] to, int toAt, int toRow) {
    if (count < 3 || columns < L || !SQUARES) {
      elements(from, at, row, count, columns, to, toAt, toRow);
      return;
    }
    float[] rows = Scratch.local().square(L * columns);
    Packing.block(from, at, row, count, columns, rows, 0, columns);
    run(rows, 0, columns, L, columns, to, toAt, toRow);
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
    FloatVector b0s = a8.blend(a0, ODD8).rearrange(SWAP8);
    FloatVector b0 = a0.blend(b0s, ODD8);
    FloatVector b8 = b0s.blend(a8, ODD8);
    FloatVector b1s = a9.blend(a1, ODD8).rearrange(SWAP8);
    FloatVector b1 = a1.blend(b1s, ODD8);
    FloatVector b9 = b1s.blend(a9, ODD8);
    FloatVector b2s = a10.blend(a2, ODD8).rearrange(SWAP8);
    FloatVector b2 = a2.blend(b2s, ODD8);
    FloatVector b10 = b2s.blend(a10, ODD8);
    FloatVector b3s = a11.blend(a3, ODD8).rearrange(SWAP8);
    FloatVector b3 = a3.blend(b3s, ODD8);
    FloatVector b11 = b3s.blend(a11, ODD8);
    FloatVector b4s = a12.blend(a4, ODD8).rearrange(SWAP8);
    FloatVector b4 = a4.blend(b4s, ODD8);
    FloatVector b12 = b4s.blend(a12, ODD8);
    FloatVector b5s = a13.blend(a5, ODD8).rearrange(SWAP8);
    FloatVector b5 = a5.blend(b5s, ODD8);
    FloatVector b13 = b5s.blend(a13, ODD8);
    FloatVector b6s = a14.blend(a6, ODD8).rearrange(SWAP8);
    FloatVector b6 = a6.blend(b6s, ODD8);
    FloatVector b14 = b6s.blend(a14, ODD8);
    FloatVector b7s = a15.blend(a7, ODD8).rearrange(SWAP8);
    FloatVector b7 = a7.blend(b7s, ODD8);
    FloatVector b15 = b7s.blend(a15, ODD8);
    FloatVector c0s = b4.blend(b0, ODD4).rearrange(SWAP4);
    FloatVector c0 = b0.blend(c0s, ODD4);
    FloatVector c4 = c0s.blend(b4, ODD4);
    FloatVector c1s = b5.blend(b1, ODD4).rearrange(SWAP4);
    FloatVector c1 = b1.blend(c1s, ODD4);
    FloatVector c5 = c1s.blend(b5, ODD4);
    FloatVector c2s = b6.blend(b2, ODD4).rearrange(SWAP4);
    FloatVector c2 = b2.blend(c2s, ODD4);
    FloatVector c6 = c2s.blend(b6, ODD4);
    FloatVector c3s = b7.blend(b3, ODD4).rearrange(SWAP4);
    FloatVector c3 = b3.blend(c3s, ODD4);
    FloatVector c7 = c3s.blend(b7, ODD4);
    FloatVector c8s = b12.blend(b8, ODD4).rearrange(SWAP4);
    FloatVector c8 = b8.blend(c8s, ODD4);
    FloatVector c12 = c8s.blend(b12, ODD4);
    FloatVector c9s = b13.blend(b9, ODD4).rearrange(SWAP4);
    FloatVector c9 = b9.blend(c9s, ODD4);
    FloatVector c13 = c9s.blend(b13, ODD4);
    FloatVector c10s = b14.blend(b10, ODD4).rearrange(SWAP4);
    FloatVector c10 = b10.blend(c10s, ODD4);
    FloatVector c14 = c10s.blend(b14, ODD4);
    FloatVector c11s = b15.blend(b11, ODD4).rearrange(SWAP4);
    FloatVector c11 = b11.blend(c11s, ODD4);
    FloatVector c15 = c11s.blend(b15, ODD4);
    FloatVector d0s = c2.blend(c0, ODD2).rearrange(SWAP2);
    FloatVector d0 = c0.blend(d0s, ODD2);
    FloatVector d2 = d0s.blend(c2, ODD2);
    FloatVector d1s = c3.blend(c1, ODD2).rearrange(SWAP2);
    FloatVector d1 = c1.blend(d1s, ODD2);
    FloatVector d3 = d1s.blend(c3, ODD2);
    FloatVector d4s = c6.blend(c4, ODD2).rearrange(SWAP2);
    FloatVector d4 = c4.blend(d4s, ODD2);
    FloatVector d6 = d4s.blend(c6, ODD2);
    FloatVector d5s = c7.blend(c5, ODD2).rearrange(SWAP2);
    FloatVector d5 = c5.blend(d5s, ODD2);
    FloatVector d7 = d5s.blend(c7, ODD2);
    FloatVector d8s = c10.blend(c8, ODD2).rearrange(SWAP2);
    FloatVector d8 = c8.blend(d8s, ODD2);
    FloatVector d10 = d8s.blend(c10, ODD2);
    FloatVector d9s = c11.blend(c9, ODD2).rearrange(SWAP2);
    FloatVector d9 = c9.blend(d9s, ODD2);
    FloatVector d11 = d9s.blend(c11, ODD2);
    FloatVector d12s = c14.blend(c12, ODD2).rearrange(SWAP2);
    FloatVector d12 = c12.blend(d12s, ODD2);
    FloatVector d14 = d12s.blend(c14, ODD2);
    FloatVector d13s = c15.blend(c13, ODD2).rearrange(SWAP2);
    FloatVector d13 = c13.blend(d13s, ODD2);
    FloatVector d15 = d13s.blend(c15, ODD2);
    FloatVector e0s = d1.blend(d0, ODD1).rearrange(SWAP1);
    FloatVector e0 = d0.blend(e0s, ODD1);
    FloatVector e1 = e0s.blend(d1, ODD1);
    FloatVector e2s = d3.blend(d2, ODD1).rearrange(SWAP1);
    FloatVector e2 = d2.blend(e2s, ODD1);
    FloatVector e3 = e2s.blend(d3, ODD1);
    FloatVector e4s = d5.blend(d4, ODD1).rearrange(SWAP1);
    FloatVector e4 = d4.blend(e4s, ODD1);
    FloatVector e5 = e4s.blend(d5, ODD1);
    FloatVector e6s = d7.blend(d6, ODD1).rearrange(SWAP1);
    FloatVector e6 = d6.blend(e6s, ODD1);
    FloatVector e7 = e6s.blend(d7, ODD1);
    FloatVector e8s = d9.blend(d8, ODD1).rearrange(SWAP1);
    FloatVector e8 = d8.blend(e8s, ODD1);
    FloatVector e9 = e8s.blend(d9, ODD1);
    FloatVector e10s = d11.blend(d10, ODD1).rearrange(SWAP1);
    FloatVector e10 = d10.blend(e10s, ODD1);
    FloatVector e11 = e10s.blend(d11, ODD1);
    FloatVector e12s = d13.blend(d12, ODD1).rearrange(SWAP1);
    FloatVector e12 = d12.blend(e12s, ODD1);
    FloatVector e13 = e12s.blend(d13, ODD1);
    FloatVector e14s = d15.blend(d14, ODD1).rearrange(SWAP1);
    FloatVector e14 = d14.blend(e14s, ODD1);
    FloatVector e15 = e14s.blend(d15, ODD1);
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
    FloatVector b0s = a4.blend(a0, ODD4).rearrange(SWAP4);
    FloatVector b0 = a0.blend(b0s, ODD4);
    FloatVector b4 = b0s.blend(a4, ODD4);
    FloatVector b1s = a5.blend(a1, ODD4).rearrange(SWAP4);
    FloatVector b1 = a1.blend(b1s, ODD4);
    FloatVector b5 = b1s.blend(a5, ODD4);
    FloatVector b2s = a6.blend(a2, ODD4).rearrange(SWAP4);
    FloatVector b2 = a2.blend(b2s, ODD4);
    FloatVector b6 = b2s.blend(a6, ODD4);
    FloatVector b3s = a7.blend(a3, ODD4).rearrange(SWAP4);
    FloatVector b3 = a3.blend(b3s, ODD4);
    FloatVector b7 = b3s.blend(a7, ODD4);
    FloatVector c0s = b2.blend(b0, ODD2).rearrange(SWAP2);
    FloatVector c0 = b0.blend(c0s, ODD2);
    FloatVector c2 = c0s.blend(b2, ODD2);
    FloatVector c1s = b3.blend(b1, ODD2).rearrange(SWAP2);
    FloatVector c1 = b1.blend(c1s, ODD2);
    FloatVector c3 = c1s.blend(b3, ODD2);
    FloatVector c4s = b6.blend(b4, ODD2).rearrange(SWAP2);
    FloatVector c4 = b4.blend(c4s, ODD2);
    FloatVector c6 = c4s.blend(b6, ODD2);
    FloatVector c5s = b7.blend(b5, ODD2).rearrange(SWAP2);
    FloatVector c5 = b5.blend(c5s, ODD2);
    FloatVector c7 = c5s.blend(b7, ODD2);
    FloatVector d0s = c1.blend(c0, ODD1).rearrange(SWAP1);
    FloatVector d0 = c0.blend(d0s, ODD1);
    FloatVector d1 = d0s.blend(c1, ODD1);
    FloatVector d2s = c3.blend(c2, ODD1).rearrange(SWAP1);
    FloatVector d2 = c2.blend(d2s, ODD1);
    FloatVector d3 = d2s.blend(c3, ODD1);
    FloatVector d4s = c5.blend(c4, ODD1).rearrange(SWAP1);
    FloatVector d4 = c4.blend(d4s, ODD1);
    FloatVector d5 = d4s.blend(c5, ODD1);
    FloatVector d6s = c7.blend(c6, ODD1).rearrange(SWAP1);
    FloatVector d6 = c6.blend(d6s, ODD1);
    FloatVector d7 = d6s.blend(c7, ODD1);
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
    FloatVector b0s = a2.blend(a0, ODD2).rearrange(SWAP2);
    FloatVector b0 = a0.blend(b0s, ODD2);
    FloatVector b2 = b0s.blend(a2, ODD2);
    FloatVector b1s = a3.blend(a1, ODD2).rearrange(SWAP2);
    FloatVector b1 = a1.blend(b1s, ODD2);
    FloatVector b3 = b1s.blend(a3, ODD2);
    FloatVector c0s = b1.blend(b0, ODD1).rearrange(SWAP1);
    FloatVector c0 = b0.blend(c0s, ODD1);
    FloatVector c1 = c0s.blend(b1, ODD1);
    FloatVector c2s = b3.blend(b2, ODD1).rearrange(SWAP1);
    FloatVector c2 = b2.blend(c2s, ODD1);
    FloatVector c3 = c2s.blend(b3, ODD1);
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
