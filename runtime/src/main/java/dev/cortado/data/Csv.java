package dev.cortado.data;

import dev.cortado.Port;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * A table from a CSV file (RFC 4180: quotes, commas and line breaks within quotes) with a line of
 * names, plain or, when its name ends in {@code .gz}, compressed. What each column means is said
 * when it is made a data set:
 *
 * <pre>{@code
 * Csv houses = Csv.read(file);
 * Dataset data = houses.numbers("area", "rooms").oneHot("district").target("price").dataset();
 * }</pre>
 */
public final class Csv {
  private record Part(String column, List<String> categories) {
    int width() {
      return categories.isEmpty() ? 1 : categories.size();
    }
  }

  private final String name;
  private final List<String> header;
  private final List<List<String>> rows;
  private final List<Part> inputs;
  private final List<Part> targets;
  private final boolean labelled;

  private Csv(
      String name,
      List<String> header,
      List<List<String>> rows,
      List<Part> inputs,
      List<Part> targets,
      boolean labelled) {
    this.name = name;
    this.header = header;
    this.rows = rows;
    this.inputs = inputs;
    this.targets = targets;
    this.labelled = labelled;
  }

  /** Reads a UTF-8 file. */
  public static Csv read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
        Reader reader = new InputStreamReader(plain, StandardCharsets.UTF_8)) {
      return read(reader, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
  }

  /**
   * Reads to the end.
   *
   * @param name of the source, for messages
   * @throws IllegalArgumentException when a row has not as many cells as the header, with its line
   */
  public static Csv read(Reader reader, String name) throws IOException {
    CsvCells cells = new CsvCells(new BufferedReader(reader), name);
    List<String> header = cells.next();
    if (header == null) {
      throw new IllegalArgumentException(name + " is empty: a line of column names was expected");
    }
    header = header.stream().map(String::strip).toList();
    if (new HashSet<>(header).size() < header.size()) {
      throw new IllegalArgumentException(name + " names a column twice: " + header);
    }
    List<List<String>> rows = new ArrayList<>();
    for (List<String> row = cells.next(); row != null; row = cells.next()) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "%s, line %d: %d cells, but the header names %d columns"
                .formatted(name, cells.line(), row.size(), header.size()));
      }
      rows.add(row);
    }
    return new Csv(name, header, rows, List.of(), List.of(), false);
  }

  /** The columns' names. */
  public List<String> columns() {
    return header;
  }

  /** Number of rows. */
  public int size() {
    return rows.size();
  }

  /** A column's cells as they stand. */
  public List<String> text(String column) {
    int index = index(column);
    return rows.stream().map(row -> row.get(index)).toList();
  }

  /** What occurs in a column, sorted. */
  public List<String> categories(String column) {
    return List.copyOf(new TreeSet<>(text(column)));
  }

  /** Columns of numbers become inputs, in this order. */
  public Csv numbers(String... columns) {
    Csv more = this;
    for (String column : columns) {
      more = more.withInput(new Part(column, List.of()));
    }
    return more;
  }

  /** A column of words becomes inputs, one for each that occurs, 1 where it stands. */
  public Csv oneHot(String column) {
    return oneHot(column, categories(column));
  }

  /** As {@link #oneHot(String)} with the words given, so that several files are read alike. */
  public Csv oneHot(String column, List<String> categories) {
    return withInput(new Part(column, List.copyOf(categories)));
  }

  /** Columns of numbers become what is to be predicted. */
  public Csv target(String... columns) {
    List<Part> parts = new ArrayList<>(targets);
    for (String column : columns) {
      index(column);
      parts.add(new Part(column, List.of()));
    }
    return new Csv(name, header, rows, inputs, List.copyOf(parts), false);
  }

  /** A column of words becomes class labels, numbered in sorted order. */
  public Csv label(String column) {
    return label(column, categories(column));
  }

  /** As {@link #label(String)} with the words given, so that several files are read alike. */
  public Csv label(String column, List<String> categories) {
    index(column);
    Part part = new Part(column, List.copyOf(categories));
    return new Csv(name, header, rows, inputs, List.of(part), true);
  }

  private Csv withInput(Part part) {
    index(part.column);
    List<Part> parts = new ArrayList<>(inputs);
    parts.add(part);
    return new Csv(name, header, rows, List.copyOf(parts), targets, labelled);
  }

  /**
   * The data set of the inputs and targets named.
   *
   * @throws IllegalArgumentException when a cell is not the number or word it should be, with its
   *     row
   */
  public Dataset dataset() {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("no inputs were named; there are the columns " + header);
    }
    Object targetArray = labelled ? labels(targets.getFirst()) : matrix(targets);
    Port.Kind kind = labelled ? Port.Kind.LABEL : Port.Kind.FLOAT;
    List<Integer> shape = labelled ? List.of() : List.of(width(targets));
    return Dataset.ofArrays(
        rows.size(),
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
    float[] values = new float[Math.multiplyExact(rows.size(), width)];
    int offset = 0;
    for (Part part : parts) {
      int index = index(part.column);
      for (int row = 0; row < rows.size(); row++) {
        int at = row * width + offset;
        if (part.categories.isEmpty()) {
          values[at] = number(row, index);
        } else {
          values[at + category(row, index, part)] = 1;
        }
      }
      offset += part.width();
    }
    return values;
  }

  private int[] labels(Part part) {
    int index = index(part.column);
    int[] labels = new int[rows.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = category(row, index, part);
    }
    return labels;
  }

  private float number(int row, int index) {
    String cell = rows.get(row).get(index).strip();
    try {
      return Float.parseFloat(cell);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s, row %d: %s should be a number but is \"%s\""
              .formatted(name, row + 1, header.get(index), cell),
          e);
    }
  }

  private int category(int row, int index, Part part) {
    String cell = rows.get(row).get(index);
    int found = part.categories.indexOf(cell);
    if (found < 0) {
      throw new IllegalArgumentException(
          "%s, row %d: %s is \"%s\", which is none of %s"
              .formatted(name, row + 1, part.column, cell, part.categories));
    }
    return found;
  }

  private int index(String column) {
    int index = header.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s has no column \"%s\"; there are %s".formatted(name, column, header));
    }
    return index;
  }
}
