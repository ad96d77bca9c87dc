package dev.cortado.benchmarks;

import com.google.gson.Gson;
import dev.cortado.benchmarks.measure.Machine;
import dev.cortado.benchmarks.measure.Page;
import dev.cortado.benchmarks.measure.Row;
import dev.cortado.benchmarks.workload.Mode;
import dev.cortado.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Plain loops beside the Vector API, each in JVMs of its own, and how many times they take. */
final class Fallback {
  private static final List<String> SHORT = List.of("--rounds=5", "--seconds=0.4");

  private Fallback() {}

  /** Measures rows, {@code W1} unless others are named. */
  static void run(List<String> words) throws IOException, InterruptedException {
    List<String> rows = words.stream().filter(word -> !word.startsWith("--")).toList();
    StringBuilder text =
        new StringBuilder(
            """
            | row | what | batch | threads | Vector API | plain loops | times slower |
            |---|---|--:|--:|--:|--:|--:|
            """);
    for (String row : rows.isEmpty() ? List.of("W1") : rows) {
      for (Mode mode : Mode.values()) {
        Row vector = measure(row, mode, "vector");
        Row plain = measure(row, mode, "plain");
        double ratio = vector.value(Row.OURS) / plain.value(Row.OURS);
        text.append(
            String.format(
                Locale.ROOT,
                "| %s %s | %s | %d | %d | %s | %s | **%.2f** |%n",
                vector.workload(),
                vector.title(),
                mode == Mode.TRAIN ? "training" : "inference",
                vector.batch(),
                vector.threads(),
                value(vector),
                value(plain),
                mode == Mode.LATENCY ? 1 / ratio : ratio));
      }
    }
    System.out.print(text);
    if (words.contains("--write")) {
      Page.replace(Benchmarks.PAGE, "plain", "\n" + text + "\n" + Machine.describe() + ".\n\n");
    }
  }

  private static String value(Row row) {
    double value = row.value(Row.OURS);
    return row.mode() == Mode.LATENCY
        ? String.format(Locale.ROOT, "%.1f µs", value)
        : String.format(Locale.ROOT, "%,.0f/s", value);
  }

  private static Row measure(String row, Mode mode, String kernels)
      throws IOException, InterruptedException {
    Path file = Jvm.FOLDER.resolve(kernels + "-" + row + "-" + mode.word() + ".json");
    List<String> arguments =
        List.of(
            file.toString(),
            Workload.named(row).name(),
            mode.word(),
            "--without=pytorch",
            "--without=onnx",
            SHORT.get(0),
            SHORT.get(1));
    int status = Jvm.run(OneRow.class, List.of("-Dcortado.kernels=" + kernels), arguments);
    if (status != 0) {
      throw new IllegalStateException(row + " with " + kernels + " kernels ended with " + status);
    }
    return new Gson().fromJson(Files.readString(file), Row.class);
  }
}
