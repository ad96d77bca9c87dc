package dev.cortado.data;

import java.nio.file.Path;

/**
 * Tables from Apache Parquet files. They are read by the optional library {@code
 * dev.hardwood:hardwood-core}; what is compressed with Snappy or Zstandard needs {@code
 * org.xerial.snappy:snappy-java} or {@code com.github.luben:zstd-jni} besides.
 */
public final class Parquet {
  private Parquet() {}

  /**
   * Reads a file. Numbers, booleans (as 0 and 1) and text are read; a column of another kind is
   * refused when it is asked for.
   *
   * @throws IllegalStateException when the library is not on the class path, with what to add
   * @throws IllegalArgumentException when the file is damaged
   * @throws java.io.UncheckedIOException when it cannot be read
   */
  public static Table read(Path file) {
    OptionalLibrary.require(
        "dev.hardwood.reader.ParquetFileReader", "dev.hardwood:hardwood-core", "Parquet files");
    return ParquetColumns.read(file);
  }
}
