package dev.cortado.data;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.Validity;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntToDoubleFunction;

/** Reads Parquet files column by column. The classes of the library are named here only. */
final class ParquetColumns {
  private ParquetColumns() {}

  static Table read(Path file) {
    if (!Files.isReadable(file)) {
      throw new UncheckedIOException(new IOException("cannot read " + file));
    }
    try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file))) {
      int rows = Math.toIntExact(reader.getFileMetaData().numRows());
      SequencedMap<String, Cells> columns = new LinkedHashMap<>();
      for (ColumnSchema column : reader.getFileSchema().getColumns()) {
        columns.put(column.fieldPath().toString(), cells(reader, column, rows));
      }
      return Table.of(file.toString(), columns, rows);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(file + " cannot be read as Parquet: " + e.getMessage(), e);
    }
  }

  private static Cells cells(ParquetFileReader reader, ColumnSchema column, int rows) {
    boolean flat = column.maxRepetitionLevel() == 0 && column.fieldPath().elements().size() == 1;
    boolean text =
        column.type() == PhysicalType.BYTE_ARRAY
            && (column.logicalType() instanceof LogicalType.StringType
                || column.logicalType() instanceof LogicalType.EnumType);
    boolean number =
        switch (column.type()) {
          case INT32, INT64 ->
              column.logicalType() == null || column.logicalType() instanceof LogicalType.IntType;
          case BOOLEAN, FLOAT, DOUBLE -> column.logicalType() == null;
          default -> false;
        };
    if (!flat || !(text || number)) {
      Object kind = column.logicalType() == null ? column.type() : column.logicalType();
      return new Cells.Unread(
          column.fieldPath().toString(), flat ? "values of type " + kind : "nested values");
    }
    try (ColumnReader values = reader.columnReader(column.columnIndex())) {
      return text ? words(values) : numbers(values, column.type(), rows);
    }
  }

  private static Cells words(ColumnReader reader) {
    List<String> words = new ArrayList<>();
    while (reader.nextBatch()) {
      String[] batch = reader.getStrings();
      for (int i = 0; i < reader.getRecordCount(); i++) {
        words.add(reader.getLeafValidity().isNull(i) ? "" : batch[i]);
      }
    }
    return new Cells.Words(words);
  }

  private static Cells numbers(ColumnReader reader, PhysicalType type, int rows) {
    double[] numbers = new double[rows];
    BitSet missing = new BitSet();
    int at = 0;
    while (reader.nextBatch()) {
      IntToDoubleFunction value = values(reader, type);
      Validity validity = reader.getLeafValidity();
      for (int i = 0; i < reader.getRecordCount(); i++, at++) {
        if (validity.isNull(i)) {
          missing.set(at);
        } else {
          numbers[at] = value.applyAsDouble(i);
        }
      }
    }
    return new Cells.Numbers(numbers, missing);
  }

  private static IntToDoubleFunction values(ColumnReader reader, PhysicalType type) {
    return switch (type) {
      case INT32 -> {
        int[] ints = reader.getInts();
        yield i -> ints[i];
      }
      case INT64 -> {
        long[] longs = reader.getLongs();
        yield i -> longs[i];
      }
      case FLOAT -> {
        float[] floats = reader.getFloats();
        yield i -> floats[i];
      }
      case DOUBLE -> {
        double[] doubles = reader.getDoubles();
        yield i -> doubles[i];
      }
      case BOOLEAN -> {
        boolean[] booleans = reader.getBooleans();
        yield i -> booleans[i] ? 1 : 0;
      }
      default -> throw new IllegalStateException(type + " is no number");
    };
  }
}
