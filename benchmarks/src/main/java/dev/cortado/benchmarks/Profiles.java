package dev.cortado.benchmarks;

import dev.cortado.benchmarks.measure.Page;
import dev.cortado.benchmarks.workload.Mode;
import dev.cortado.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the time of rows goes, each row in a JVM of its own. */
final class Profiles {
  private static final String HEAD =
      """
      | row | what | where its samples are |
      |---|---|---|
      """;

  private Profiles() {}

  /** Profiles the rows that a command line names, and shows these. */
  static int run(List<String> words) throws IOException, InterruptedException {
    Options options = Options.parse(words.toArray(String[]::new));
    List<String> flags = words.stream().filter(word -> word.startsWith("--")).toList();
    StringBuilder lines = new StringBuilder(HEAD);
    for (Workload workload : options.workloads()) {
      for (Mode mode : options.modes()) {
        Path file = file(workload, mode);
        List<String> arguments =
            new ArrayList<>(List.of(file.toString(), workload.name(), mode.word()));
        arguments.addAll(flags);
        List<String> jvm =
            new ArrayList<>(
                List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints", "-Xmx2g"));
        jvm.addAll(options.jvm());
        if (!options.report() && Jvm.run(OneProfile.class, jvm, arguments) != 0) {
          return 1;
        }
        lines.append(Files.exists(file) ? Files.readString(file) : "");
      }
    }
    System.out.print(lines);
    if (options.write()) {
      Page.replace(Benchmarks.PAGE, "profiles", "\n" + all() + "\n");
    }
    return 0;
  }

  /** What was profiled so far, in the order of the rows. */
  private static String all() throws IOException {
    StringBuilder lines = new StringBuilder(HEAD);
    for (Workload workload : Workload.ALL) {
      for (Mode mode : Mode.values()) {
        Path file = file(workload, mode);
        if (Files.exists(file)) {
          lines.append(Files.readString(file));
        }
      }
    }
    return lines.toString();
  }

  private static Path file(Workload workload, Mode mode) {
    return Jvm.FOLDER.resolve("profile-" + workload.name() + "-" + mode.word() + ".md");
  }
}
