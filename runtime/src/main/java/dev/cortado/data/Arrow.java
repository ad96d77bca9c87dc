package dev.cortado.data;

import java.nio.file.Path;

/**
 * Tables from Apache Arrow files, the IPC format that is also called Feather, version 2. They are
 * read by the optional library {@code org.apache.arrow:arrow-vector} with {@code
 * org.apache.arrow:arrow-memory-unsafe}, which wants the JVM started with {@code
 * --add-opens=java.base/java.nio=ALL-UNNAMED}.
 */
public final class Arrow {
  private Arrow() {}

  /**
   * Reads a file, uncompressed. Numbers, booleans (as 0 and 1) and text are read; a column of
   * another kind is refused when it is asked for.
   *
   * @throws IllegalStateException when the library is not on the class path or the JVM was not
   *     started as it wants, with what to do
   * @throws IllegalArgumentException when the file is damaged
   * @throws java.io.UncheckedIOException when it cannot be read
   */
  public static Table read(Path file) {
    OptionalLibrary.require(
        "org.apache.arrow.vector.ipc.ArrowFileReader",
        "org.apache.arrow:arrow-vector",
        "Arrow files");
    return ArrowColumns.read(file);
  }
}
