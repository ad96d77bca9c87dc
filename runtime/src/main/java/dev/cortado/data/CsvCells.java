package dev.cortado.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts CSV text into rows of cells. */
final class CsvCells {
  private static final int MAX_CELL = 1 << 24;

  private final BufferedReader reader;
  private final String name;
  private int line = 1;
  private int started = 1;
  private int pushedBack = -2;

  CsvCells(BufferedReader reader, String name) {
    this.reader = reader;
    this.name = name;
  }

  /** The line on which the last row began, from 1. */
  int line() {
    return started;
  }

  /** The next row that is not an empty line, or null at the end. */
  @Nullable List<String> next() throws IOException {
    int c = read();
    while (c == '\n' || c == '\uFEFF') {
      c = read();
    }
    if (c < 0) {
      return null;
    }
    pushedBack = c;
    started = line;
    List<String> cells = new ArrayList<>();
    int end;
    do {
      StringBuilder cell = new StringBuilder();
      end = cell(cell);
      cells.add(cell.toString());
    } while (end == ',');
    return cells;
  }

  /** Reads a cell and returns what ended it: a comma, a line's end or -1. */
  private int cell(StringBuilder cell) throws IOException {
    int c = read();
    if (c != '"') {
      while (c >= 0 && c != ',' && c != '\n') {
        append(cell, c);
        c = read();
      }
      return c;
    }
    while (true) {
      c = read();
      if (c < 0) {
        throw new IllegalArgumentException(
            name + ", line " + started + ": a quote is opened and never closed");
      }
      if (c == '"') {
        c = read();
        if (c != '"') {
          break;
        }
      }
      append(cell, c);
    }
    if (c >= 0 && c != ',' && c != '\n') {
      throw new IllegalArgumentException(
          "%s, line %d: '%c' after a closing quote".formatted(name, line, (char) c));
    }
    return c;
  }

  private void append(StringBuilder cell, int c) {
    if (cell.length() >= MAX_CELL) {
      throw new IllegalArgumentException(name + ", line " + started + ": a cell is too long");
    }
    cell.append((char) c);
  }

  /** The next character, with all kinds of line ends as one. */
  private int read() throws IOException {
    if (pushedBack != -2) {
      int c = pushedBack;
      pushedBack = -2;
      return c;
    }
    int c = reader.read();
    if (c == '\r') {
      reader.mark(1);
      if (reader.read() != '\n') {
        reader.reset();
      }
      c = '\n';
    }
    line += c == '\n' ? 1 : 0;
    return c;
  }
}
