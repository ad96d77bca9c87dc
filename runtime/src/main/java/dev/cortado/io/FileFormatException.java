package dev.cortado.io;

import java.nio.file.Path;

/** A file is not what its format asks for: cut short, damaged or made with ill intent. */
public final class FileFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public FileFormatException(Path file, String problem) {
    super(file + ": " + problem);
  }

  public FileFormatException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
