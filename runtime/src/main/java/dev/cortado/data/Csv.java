package dev.cortado.data;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.GZIPInputStream;

/**
 * A table from a CSV file (RFC 4180: quotes, commas and line breaks within quotes) with a line of
 * names, plain or, when its name ends in {@code .gz}, compressed. Cells that should be numbers are
 * read as such when a {@link Table} is made a data set.
 */
public final class Csv {
  private Csv() {}

  /** Reads a UTF-8 file. */
  public static Table read(Path file) {
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
  public static Table read(Reader reader, String name) throws IOException {
    CsvCells cells = new CsvCells(new BufferedReader(reader), name);
    List<String> header = cells.next();
    if (header == null) {
      throw new IllegalArgumentException(name + " is empty: a line of column names was expected");
    }
    header = header.stream().map(String::strip).toList();
    if (new HashSet<>(header).size() < header.size()) {
      throw new IllegalArgumentException(name + " names a column twice: " + header);
    }
    List<List<String>> columns = new ArrayList<>();
    header.forEach(column -> columns.add(new ArrayList<>()));
    int rows = 0;
    for (List<String> row = cells.next(); row != null; row = cells.next()) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "%s, line %d: %d cells, but the header names %d columns"
                .formatted(name, cells.line(), row.size(), header.size()));
      }
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).add(row.get(i));
      }
      rows++;
    }
    SequencedMap<String, Cells> named = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      named.put(header.get(i), new Cells.Words(columns.get(i)));
    }
    return Table.of(name, named, rows);
  }
}
