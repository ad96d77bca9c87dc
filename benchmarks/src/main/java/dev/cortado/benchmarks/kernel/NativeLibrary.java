package dev.cortado.benchmarks.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Shared libraries from bytedeco's jars, called directly rather than through bytedeco's classes.
 */
@SuppressWarnings("restricted")
final class NativeLibrary {
  private static final Path FOLDER = Path.of("target", "benchmarks", "native");

  private NativeLibrary() {}

  /**
   * Loads a library of {@code artifact}, extracted on first use; what it is linked with must be
   * loaded before it.
   */
  static void load(String artifact, String name) {
    Path file = FOLDER.resolve(name).toAbsolutePath();
    try {
      if (!Files.exists(file)) {
        extract("/org/bytedeco/%s/linux-x86_64/%s".formatted(artifact, name), file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.load(file.toString());
  }

  private static void extract(String resource, Path file) throws IOException {
    Files.createDirectories(FOLDER);
    Path beside = Files.createTempFile(FOLDER, "extracted", ".so");
    try (InputStream in = NativeLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no " + resource + " on the class path");
      }
      Files.write(beside, in.readAllBytes());
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A function of what was loaded. */
  static MethodHandle function(String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker()
        .downcallHandle(SymbolLookup.loaderLookup().findOrThrow(name), descriptor);
  }
}
