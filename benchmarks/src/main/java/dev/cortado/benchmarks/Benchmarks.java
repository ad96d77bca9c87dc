package dev.cortado.benchmarks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cortado.benchmarks.measure.Row;
import dev.cortado.benchmarks.measure.Table;
import dev.cortado.benchmarks.workload.Mode;
import dev.cortado.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Races Cortado against its peers, each row in a JVM of its own, and prints one table. {@code
 * target/benchmarks/results.json} holds every turn.
 */
public final class Benchmarks {
  private static final Path FOLDER = Path.of("target", "benchmarks");

  /**
   * So that glibc keeps memory that PyTorch frees, rather than giving it back and faulting it in
   * again at every step.
   */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "33554432",
          "MALLOC_TRIM_THRESHOLD_", "8589934592",
          "MALLOC_TOP_PAD_", "268435456",
          // DJL: only what is on the class path, and nothing is reported anywhere.
          "DJL_OFFLINE", "true",
          "DJL_CACHE_DIR", FOLDER.resolve("djl").toAbsolutePath().toString(),
          "OPT_OUT_TRACKING", "true");

  private Benchmarks() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(Options.USAGE);
      System.exit(2);
      return;
    }
    Files.createDirectories(FOLDER);
    List<Row> rows = new ArrayList<>();
    boolean complete = true;
    for (Workload workload : options.workloads()) {
      for (Mode mode : options.modes()) {
        Path file = FOLDER.resolve(workload + "-" + mode.word() + ".json");
        Files.deleteIfExists(file);
        System.err.printf("%s %s ...%n", workload, mode.word());
        if (start(file, workload, mode, args, options.jvm()) == 0) {
          rows.add(new Gson().fromJson(Files.readString(file), Row.class));
        } else {
          complete = false;
        }
      }
    }
    System.out.print(Table.of(rows));
    Files.writeString(
        FOLDER.resolve("results.json"),
        new GsonBuilder().setPrettyPrinting().create().toJson(rows));
    System.exit(complete ? 0 : 1);
  }

  private static int start(Path file, Workload workload, Mode mode, String[] args, List<String> jvm)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx4g",
            "-cp",
            System.getProperty("java.class.path")));
    command.addAll(jvm);
    command.addAll(List.of(OneRow.class.getName(), file.toString(), workload.name(), mode.word()));
    for (String arg : args) {
      if (arg.startsWith("--")) {
        command.add(arg);
      }
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(ENVIRONMENT);
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectErrorStream(false);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder.start().waitFor();
  }
}
