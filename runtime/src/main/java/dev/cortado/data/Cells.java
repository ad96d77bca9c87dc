package dev.cortado.data;

import java.util.BitSet;
import java.util.List;

/** A column of a {@link Table}. */
sealed interface Cells {
  /** A cell in words; a missing one is empty. */
  String text(int row);

  /**
   * A cell as a number.
   *
   * @throws NumberFormatException when it is none
   */
  float number(int row);

  /** Cells that came as text. */
  record Words(List<String> cells) implements Cells {
    @Override
    public String text(int row) {
      return cells.get(row);
    }

    @Override
    public float number(int row) {
      return Float.parseFloat(cells.get(row).strip());
    }
  }

  /** Cells that came as numbers, some of them missing. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by no one.
  record Numbers(double[] values, BitSet missing) implements Cells {
    @Override
    public String text(int row) {
      double value = values[row];
      if (missing.get(row)) {
        return "";
      }
      return value == Math.rint(value) && Math.abs(value) <= 0x1p53
          ? String.valueOf((long) value)
          : String.valueOf(value);
    }

    @Override
    public float number(int row) {
      if (missing.get(row)) {
        throw new NumberFormatException("the cell is missing");
      }
      return (float) values[row];
    }
  }

  /** A column of a kind that is not read, which matters only when it is asked for. */
  record Unread(String column, String kind) implements Cells {
    @Override
    public String text(int row) {
      throw new IllegalArgumentException(
          "column \"%s\" holds %s, which are not read".formatted(column, kind));
    }

    @Override
    public float number(int row) {
      throw new IllegalArgumentException(text(row));
    }
  }
}
