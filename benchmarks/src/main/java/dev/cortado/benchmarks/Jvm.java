package dev.cortado.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts JVMs that measure, in an environment in which peers do their best. */
final class Jvm {
  /** What was measured, and what is kept for the next time. */
  static final Path FOLDER = Path.of("target", "benchmarks");

  /**
   * glibc keeps memory that PyTorch frees, rather than giving it back and faulting it in again at
   * every step.
   */
  private static final Map<String, String> KEEPING =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "33554432",
          "MALLOC_TRIM_THRESHOLD_", "8589934592",
          "MALLOC_TOP_PAD_", "268435456");

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          // DJL: only what is on the class path, and nothing is reported anywhere.
          "DJL_OFFLINE", "true",
          "DJL_CACHE_DIR", FOLDER.resolve("djl").toAbsolutePath().toString(),
          "OPT_OUT_TRACKING", "true");

  private Jvm() {}

  /** The command that starts {@code main} on this JVM's class path. */
  static List<String> command(Class<?> main, List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  /** A process in that environment, its errors on ours. */
  static ProcessBuilder process(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    prepare(builder.environment());
    builder.environment().putAll(KEEPING);
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /**
   * A process whose start and memory are looked at: glibc keeps no more than usually, and what is
   * said goes to a file.
   */
  static ProcessBuilder service(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    prepare(builder.environment());
    return builder.redirectError(
        ProcessBuilder.Redirect.appendTo(FOLDER.resolve("service.log").toFile()));
  }

  private static void prepare(Map<String, String> environment) {
    environment.putAll(ENVIRONMENT);
    // OpenBLAS is to find out by itself what it runs on.
    environment.remove("OPENBLAS_CORETYPE");
    environment.remove("OPENBLAS_L2_SIZE");
  }

  /** Runs {@code main} to its end; what it prints is printed here. */
  static int run(Class<?> main, List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    return process(command(main, options, arguments))
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
  }
}
