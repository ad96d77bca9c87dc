package dev.cortado.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/** Reads Arrow files batch by batch. The classes of the library are named here only. */
final class ArrowColumns {
  /** A column as it grows. */
  private static final class Growing {
    private final String name;
    private double[] numbers = {};
    private final BitSet missing = new BitSet();
    private final List<String> words = new ArrayList<>();
    private String unread = "";

    Growing(String name) {
      this.name = name;
    }

    void add(ValueVector values, int from, int rows) {
      switch (values) {
        case VarCharVector text -> {
          for (int i = 0; i < rows; i++) {
            words.add(text.isNull(i) ? "" : text.getObject(i).toString());
          }
        }
        case BaseIntVector _, Float4Vector _, Float8Vector _, BitVector _ -> {
          numbers = Arrays.copyOf(numbers, from + rows);
          for (int i = 0; i < rows; i++) {
            if (values.isNull(i)) {
              missing.set(from + i);
            } else {
              numbers[from + i] = number(values, i);
            }
          }
        }
        default -> unread = "values of type " + values.getField().getType();
      }
    }

    Cells cells(int rows) {
      if (!unread.isEmpty()) {
        return new Cells.Unread(name, unread);
      }
      return words.size() == rows && numbers.length == 0
          ? new Cells.Words(words)
          : new Cells.Numbers(numbers, missing);
    }

    private static double number(ValueVector values, int i) {
      return switch (values) {
        case BaseIntVector ints -> ints.getValueAsLong(i);
        case Float4Vector floats -> floats.get(i);
        case Float8Vector doubles -> doubles.get(i);
        case BitVector bits -> bits.get(i);
        default -> throw new IllegalStateException(values + " are no numbers");
      };
    }
  }

  private ArrowColumns() {}

  static Table read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return read(file, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    } catch (ExceptionInInitializerError | NoClassDefFoundError | UnsupportedOperationException e) {
      throw new IllegalStateException(
          "Arrow files need org.apache.arrow:arrow-memory-unsafe on the class path and a JVM started"
              + " with --add-opens=java.base/java.nio=ALL-UNNAMED",
          e);
    }
  }

  private static Table read(Path file, FileChannel channel) throws IOException {
    // What the file really holds bounds what a false size may ask for.
    long limit = 16 * channel.size() + (1 << 24);
    try (BufferAllocator memory = new RootAllocator(limit);
        ArrowFileReader reader = new ArrowFileReader(channel, memory)) {
      List<Growing> columns = new ArrayList<>();
      reader.getVectorSchemaRoot().getSchema().getFields().stream()
          .map(field -> new Growing(field.getName()))
          .forEach(columns::add);
      int rows = 0;
      while (reader.loadNextBatch()) {
        int more = reader.getVectorSchemaRoot().getRowCount();
        for (int i = 0; i < columns.size(); i++) {
          add(reader, reader.getVectorSchemaRoot().getVector(i), columns.get(i), rows, more);
        }
        rows += more;
      }
      SequencedMap<String, Cells> cells = new LinkedHashMap<>();
      for (Growing column : columns) {
        cells.put(column.name, column.cells(rows));
      }
      return Table.of(file.toString(), cells, rows);
    } catch (UnsupportedOperationException e) {
      throw e; // Of the JVM, not of the file.
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(file + " cannot be read as Arrow: " + e.getMessage(), e);
    }
  }

  private static void add(
      ArrowFileReader reader, FieldVector values, Growing to, int from, int rows) {
    DictionaryEncoding encoding = values.getField().getDictionary();
    if (encoding == null) {
      to.add(values, from, rows);
      return;
    }
    Dictionary dictionary = reader.lookup(encoding.getId());
    try (ValueVector plain = DictionaryEncoder.decode(values, dictionary)) {
      to.add(plain, from, rows);
    }
  }
}
