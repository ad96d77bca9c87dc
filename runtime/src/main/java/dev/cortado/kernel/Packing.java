package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Copies of matrix blocks into the order in which tiles read them. */
final class Packing {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private Packing() {}

  /** Copies {@code count} rows of {@code columns} floats; the targets are filled up with zeros. */
  static void rows(
      float[] from, int at, int row, int count, int columns, float[] to, int toAt, int toRow) {
    int whole = columns / L * L;
    for (int r = 0; r < count; r++) {
      int source = at + r * row;
      int target = toAt + r * toRow;
      for (int j = 0; j < whole; j += L) {
        FloatVector.fromArray(S, from, source + j).intoArray(to, target + j);
      }
      if (whole < columns) {
        VectorMask<Float> rest = S.indexInRange(whole, columns);
        FloatVector.fromArray(S, from, source + whole, rest).intoArray(to, target + whole);
      }
    }
  }

  /** Copies {@code count} rows of {@code columns} floats and touches nothing else. */
  static void block(
      float[] from, int at, int row, int count, int columns, float[] to, int toAt, int toRow) {
    int whole = columns / L * L;
    for (int r = 0; r < count; r++) {
      int source = at + r * row;
      int target = toAt + r * toRow;
      for (int j = 0; j < whole; j += L) {
        FloatVector.fromArray(S, from, source + j).intoArray(to, target + j);
      }
      if (whole < columns) {
        VectorMask<Float> rest = S.indexInRange(whole, columns);
        FloatVector.fromArray(S, from, source + whole, rest).intoArray(to, target + whole, rest);
      }
    }
  }

  /** Adds {@code count} rows of {@code columns} floats to others and touches nothing else. */
  static void addBlock(
      float[] from, int at, int row, int count, int columns, float[] to, int toAt, int toRow) {
    int whole = columns / L * L;
    for (int r = 0; r < count; r++) {
      int source = at + r * row;
      int target = toAt + r * toRow;
      for (int j = 0; j < whole; j += L) {
        FloatVector.fromArray(S, to, target + j)
            .add(FloatVector.fromArray(S, from, source + j))
            .intoArray(to, target + j);
      }
      if (whole < columns) {
        VectorMask<Float> rest = S.indexInRange(whole, columns);
        FloatVector.fromArray(S, to, target + whole, rest)
            .add(FloatVector.fromArray(S, from, source + whole, rest))
            .intoArray(to, target + whole, rest);
      }
    }
  }

  /**
   * Transposes {@code count} rows of {@code columns} floats into {@code columns} rows, {@code
   * toRow} apart, which are filled up with zeros to {@code filled}.
   */
  static void transpose(
      float[] from,
      int at,
      int row,
      int count,
      int columns,
      float[] to,
      int toAt,
      int toRow,
      int filled) {
    Transpose.run(from, at, row, count, columns, to, toAt, toRow);
    for (int r = count; r < filled; r++) {
      int target = toAt + r;
      for (int j = 0; j < columns; j++) {
        to[target + j * toRow] = 0;
      }
    }
  }

  /** Copies parts of rows that stand at {@code at + rows[row]} … into a tile. */
  static void gather(
      float[] from, int at, int[] rows, int row, int count, int columns, float[] tile) {
    for (int j = 0; j < columns; j += L) {
      VectorMask<Float> in = S.indexInRange(j, columns);
      for (int r = 0; r < count; r++) {
        int source = at + rows[row + r] + j;
        FloatVector.fromArray(S, from, source, in).intoArray(tile, r * Tiles.PANEL + j);
      }
    }
  }

  /** Copies the rows of a tile to {@code at + rows[row]} …, and writes nothing else. */
  static void scatter(
      float[] tile, int count, int columns, float[] to, int at, int[] rows, int row) {
    for (int j = 0; j < columns; j += L) {
      VectorMask<Float> in = S.indexInRange(j, columns);
      for (int r = 0; r < count; r++) {
        int target = at + rows[row + r] + j;
        FloatVector.fromArray(S, tile, r * Tiles.PANEL + j).intoArray(to, target, in);
      }
    }
  }

  /** Adds a bias, unless {@code biasAt} is negative, and cuts off below {@code floor}. */
  static void finish(float[] c, int at, int count, float[] bias, int biasAt, float floor) {
    int i = 0;
    if (biasAt >= 0) {
      for (; i <= count - L; i += L) {
        FloatVector.fromArray(S, c, at + i)
            .add(FloatVector.fromArray(S, bias, biasAt + i))
            .max(floor)
            .intoArray(c, at + i);
      }
    } else {
      for (; i <= count - L; i += L) {
        FloatVector.fromArray(S, c, at + i).max(floor).intoArray(c, at + i);
      }
    }
    for (; i < count; i++) {
      c[at + i] = Math.max(c[at + i] + (biasAt < 0 ? 0 : bias[biasAt + i]), floor);
    }
  }

  /** Adds a range to another. */
  static void add(float[] from, int at, float[] to, int toAt, int count) {
    int i = 0;
    for (; i <= count - L; i += L) {
      FloatVector.fromArray(S, to, toAt + i)
          .add(FloatVector.fromArray(S, from, at + i))
          .intoArray(to, toAt + i);
    }
    for (; i < count; i++) {
      to[toAt + i] += from[at + i];
    }
  }
}
