package dev.cortado.data;

import dev.cortado.Batch;
import dev.cortado.Port;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Samples that lie in arrays; the arrays are used as they are, not copied. */
record ArrayDataset(
    int size,
    List<Object> inputArrays,
    List<Object> targetArrays,
    List<Column> inputs,
    List<Column> targets)
    implements Dataset {

  ArrayDataset {
    if (size < 0) {
      throw new IllegalArgumentException("a data set cannot have " + size + " samples");
    }
    inputArrays = List.copyOf(inputArrays);
    targetArrays = List.copyOf(targetArrays);
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
    check(size, inputArrays, inputs, "input");
    check(size, targetArrays, targets, "target");
  }

  private static void check(int size, List<Object> arrays, List<Column> columns, String what) {
    if (arrays.size() != columns.size()) {
      throw new IllegalArgumentException(
          arrays.size() + " " + what + " arrays for " + columns.size() + " " + what + " columns");
    }
    for (int i = 0; i < arrays.size(); i++) {
      Column column = columns.get(i);
      boolean floats = arrays.get(i) instanceof float[];
      if (floats != (column.kind() == Port.Kind.FLOAT)) {
        throw new IllegalArgumentException(
            what
                + " "
                + i
                + " is "
                + column.kind()
                + " but comes as "
                + (floats ? "float[]" : "int[]"));
      }
      long expected = (long) size * column.count();
      int length = Column.length(arrays.get(i));
      if (length != expected) {
        throw new IllegalArgumentException(
            "%s %d has %,d elements, but %,d samples of shape %s are %,d"
                .formatted(what, i, length, size, column.shape(), expected));
      }
    }
  }

  /** Columns of one dimension, as many elements as the array has for each sample. */
  static List<Column> columns(int size, List<Object> arrays, String what, Port.Kind ofInts) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      int length = Column.length(arrays.get(i));
      if (size == 0 ? length != 0 : length % size != 0 || length == 0) {
        throw new IllegalArgumentException(
            "%s %d has %,d elements, which cannot be %,d samples".formatted(what, i, length, size));
      }
      int each = size == 0 ? 1 : length / size;
      Port.Kind kind = arrays.get(i) instanceof float[] ? Port.Kind.FLOAT : ofInts;
      columns.add(new Column(kind, each == 1 ? List.of() : List.of(each)));
    }
    return columns;
  }

  static float[] flatten(float[][] rows, int expected, String others) {
    if (rows.length != expected) {
      throw new IllegalArgumentException(rows.length + " rows but " + expected + " " + others);
    }
    int width = rows.length == 0 ? 0 : rows[0].length;
    float[] flat = new float[Math.multiplyExact(rows.length, width)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != width) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " elements, row 0 has " + width);
      }
      System.arraycopy(rows[i], 0, flat, i * width, width);
    }
    return flat;
  }

  static Dataset collect(Iterable<Batch> samples) {
    List<Batch> rows = new ArrayList<>();
    for (Batch sample : samples) {
      if (sample.size() != 1) {
        throw new IllegalArgumentException(
            "each element must be one sample, element " + rows.size() + " has " + sample.size());
      }
      rows.add(sample);
    }
    if (rows.isEmpty()) {
      return new ArrayDataset(0, List.of(), List.of(), List.of(), List.of());
    }
    Batch first = rows.getFirst();
    return Dataset.ofArrays(
        rows.size(),
        join(rows, first.inputs().size(), true),
        join(rows, first.targets().size(), false));
  }

  private static List<Object> join(List<Batch> rows, int arrays, boolean inputs) {
    List<Object> joined = new ArrayList<>();
    for (int a = 0; a < arrays; a++) {
      int width = 0;
      Object all = new float[0];
      for (int row = 0; row < rows.size(); row++) {
        List<Object> parts = inputs ? rows.get(row).inputs() : rows.get(row).targets();
        Object part = parts.size() == arrays ? parts.get(a) : new float[0];
        if (row == 0) {
          width = Column.length(part);
          int length = Math.multiplyExact(width, rows.size());
          all = part instanceof float[] ? new float[length] : new int[length];
        }
        if (Column.length(part) != width || part.getClass() != all.getClass()) {
          throw new IllegalArgumentException(
              "element " + row + " does not have the same arrays as element 0");
        }
        System.arraycopy(part, 0, all, row * width, width);
      }
      joined.add(all);
    }
    return Collections.unmodifiableList(joined);
  }

  @Override
  public void read(int sample, long draw, Batch into, int row) {
    copy(inputArrays, inputs, sample, into.inputs(), row);
    copy(targetArrays, targets, sample, into.targets(), row);
  }

  private static void copy(
      List<Object> from, List<Column> columns, int sample, List<Object> to, int row) {
    for (int i = 0; i < from.size(); i++) {
      int count = columns.get(i).count();
      System.arraycopy(from.get(i), sample * count, to.get(i), row * count, count);
    }
  }

  @Override
  public int[] labels() {
    return targets.size() == 1 && targets.getFirst().equals(new Column(Port.Kind.LABEL, List.of()))
        ? ((int[]) targetArrays.getFirst()).clone()
        : Dataset.super.labels();
  }

  @Override
  public String toString() {
    return "Dataset[" + size + " samples, inputs " + inputs + ", targets " + targets + "]";
  }
}
