package dev.cortado.data;

import dev.cortado.Port;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;

/**
 * A table with named columns, read by {@link Csv}, {@link Parquet} or {@link Arrow}. What each
 * column means is said when it is made a data set:
 *
 * <pre>{@code
 * Table houses = Csv.read(file);
 * Dataset data = houses.numbers("area", "rooms").oneHot("district").target("price").dataset();
 * }</pre>
 */
public final class Table {
  private record Part(String column, List<String> categories) {
    int width() {
      return categories.isEmpty() ? 1 : categories.size();
    }
  }

  private final String name;
  private final SequencedMap<String, Cells> columns;
  private final int rows;
  private final List<Part> inputs;
  private final List<Part> targets;
  private final boolean labelled;

  private Table(
      String name,
      SequencedMap<String, Cells> columns,
      int rows,
      List<Part> inputs,
      List<Part> targets,
      boolean labelled) {
    this.name = name;
    this.columns = columns;
    this.rows = rows;
    this.inputs = inputs;
    this.targets = targets;
    this.labelled = labelled;
  }

  /** Columns of so many rows under their names, in order. */
  static Table of(String name, SequencedMap<String, Cells> columns, int rows) {
    return new Table(
        name, Collections.unmodifiableSequencedMap(columns), rows, List.of(), List.of(), false);
  }

  /** The columns' names. */
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /** Number of rows. */
  public int size() {
    return rows;
  }

  /** A column's cells in words. */
  public List<String> text(String column) {
    Cells cells = cells(column);
    List<String> text = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      text.add(cells.text(row));
    }
    return Collections.unmodifiableList(text);
  }

  /** What occurs in a column, sorted. */
  public List<String> categories(String column) {
    return List.copyOf(new TreeSet<>(text(column)));
  }

  /** Columns of numbers become inputs, in this order. */
  public Table numbers(String... names) {
    Table more = this;
    for (String column : names) {
      more = more.withInput(new Part(column, List.of()));
    }
    return more;
  }

  /** A column of words becomes inputs, one for each that occurs, 1 where it stands. */
  public Table oneHot(String column) {
    return oneHot(column, categories(column));
  }

  /** As {@link #oneHot(String)} with the words given, so that several files are read alike. */
  public Table oneHot(String column, List<String> categories) {
    return withInput(new Part(column, List.copyOf(categories)));
  }

  /** Columns of numbers become what is to be predicted. */
  public Table target(String... names) {
    List<Part> parts = new ArrayList<>(targets);
    for (String column : names) {
      cells(column);
      parts.add(new Part(column, List.of()));
    }
    return new Table(name, columns, rows, inputs, List.copyOf(parts), false);
  }

  /** A column of words becomes class labels, numbered in sorted order. */
  public Table label(String column) {
    return label(column, categories(column));
  }

  /** As {@link #label(String)} with the words given, so that several files are read alike. */
  public Table label(String column, List<String> categories) {
    cells(column);
    Part part = new Part(column, List.copyOf(categories));
    return new Table(name, columns, rows, inputs, List.of(part), true);
  }

  private Table withInput(Part part) {
    cells(part.column);
    List<Part> parts = new ArrayList<>(inputs);
    parts.add(part);
    return new Table(name, columns, rows, List.copyOf(parts), targets, labelled);
  }

  /**
   * The data set of the inputs and targets named.
   *
   * @throws IllegalArgumentException when a cell is not the number or word it should be, with its
   *     row
   */
  public Dataset dataset() {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException(
          "no inputs were named; there are the columns " + columns.keySet());
    }
    Object targetArray = labelled ? labels(targets.getFirst()) : matrix(targets);
    Port.Kind kind = labelled ? Port.Kind.LABEL : Port.Kind.FLOAT;
    List<Integer> shape = labelled ? List.of() : List.of(width(targets));
    return Dataset.ofArrays(
        rows,
        List.of(matrix(inputs)),
        targets.isEmpty() ? List.of() : List.of(targetArray),
        List.of(new Column(Port.Kind.FLOAT, List.of(width(inputs)))),
        targets.isEmpty() ? List.of() : List.of(new Column(kind, shape)));
  }

  private static int width(List<Part> parts) {
    return parts.stream().mapToInt(Part::width).sum();
  }

  private float[] matrix(List<Part> parts) {
    int width = width(parts);
    float[] values = new float[Math.multiplyExact(rows, width)];
    int offset = 0;
    for (Part part : parts) {
      Cells cells = cells(part.column);
      for (int row = 0; row < rows; row++) {
        int at = row * width + offset;
        if (part.categories.isEmpty()) {
          values[at] = number(cells, row, part.column);
        } else {
          values[at + category(cells, row, part)] = 1;
        }
      }
      offset += part.width();
    }
    return values;
  }

  private int[] labels(Part part) {
    Cells cells = cells(part.column);
    int[] labels = new int[rows];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = category(cells, row, part);
    }
    return labels;
  }

  private float number(Cells cells, int row, String column) {
    try {
      return cells.number(row);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s, row %d: %s should be a number but is \"%s\""
              .formatted(name, row + 1, column, cells.text(row)),
          e);
    }
  }

  private int category(Cells cells, int row, Part part) {
    String cell = cells.text(row);
    int found = part.categories.indexOf(cell);
    if (found < 0) {
      throw new IllegalArgumentException(
          "%s, row %d: %s is \"%s\", which is none of %s"
              .formatted(name, row + 1, part.column, cell, part.categories));
    }
    return found;
  }

  private Cells cells(String column) {
    Cells cells = columns.get(column);
    if (cells == null) {
      throw new IllegalArgumentException(
          "%s has no column \"%s\"; there are %s".formatted(name, column, columns.keySet()));
    }
    return cells;
  }
}
