package dev.cortado.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A folder on the class path that {@code cortado.test.classes} names: TornadoVM reads the class
 * files of kernels from there, whatever loader the classes came from.
 */
final class ClassFolder {
  private static final String FOLDER = System.getProperty("cortado.test.classes", "");
  private static final Map<String, byte[]> WRITTEN = new HashMap<>();

  private ClassFolder() {}

  /** Writes class files, by class name; a name stands for one class in all tests of a process. */
  static synchronized void put(Map<String, byte[]> classes) {
    if (!FOLDER.isEmpty()) {
      classes.forEach(ClassFolder::put);
    }
  }

  @SuppressWarnings("ReferenceEquality") // The same compilation's, or another's.
  private static void put(String name, byte[] bytes) {
    byte[] before = WRITTEN.put(name, bytes);
    if (before == bytes) {
      return;
    }
    if (before != null) {
      throw new AssertionError(
          "two tests compile a class " + name + ", and TornadoVM knows but one of a name");
    }
    Path file = Path.of(FOLDER, name.replace('.', '/') + ".class");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
