package dev.cortado.benchmarks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cortado.benchmarks.growth.Growth;
import dev.cortado.benchmarks.measure.Machine;
import dev.cortado.benchmarks.measure.Page;
import dev.cortado.benchmarks.measure.Plot;
import dev.cortado.benchmarks.measure.Row;
import dev.cortado.benchmarks.measure.Table;
import dev.cortado.benchmarks.service.Costs;
import dev.cortado.benchmarks.workload.Mode;
import dev.cortado.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Races Cortado against its peers, each row in a JVM of its own, and prints one table. {@code
 * target/benchmarks} holds every turn as JSON, and the picture.
 */
public final class Benchmarks {
  static final Path PAGE = Path.of("docs", "performance.md");

  private Benchmarks() {}

  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    Files.createDirectories(Jvm.FOLDER);
    List<String> rest = args.length > 0 ? List.of(args).subList(1, args.length) : List.of();
    switch (args.length > 0 ? args[0] : "") {
      case "kernels" -> System.exit(Kernels.run(rest));
      case "profile" -> System.exit(Profiles.run(rest));
      case "service" -> service(rest);
      case "growth" -> growth(rest);
      case "plain" -> Fallback.run(rest);
      default -> System.exit(races(args));
    }
    System.exit(0);
  }

  private static int races(String[] args) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(Options.USAGE);
      return 2;
    }
    List<Row> rows = new ArrayList<>();
    boolean complete = true;
    for (Workload workload : options.workloads()) {
      for (Mode mode : options.modes()) {
        Path file = Jvm.FOLDER.resolve(workload.name() + "-" + mode.word() + ".json");
        if (options.report() || measure(file, workload, mode, args, options.jvm())) {
          if (Files.exists(file)) {
            rows.add(new Gson().fromJson(Files.readString(file), Row.class));
          }
        } else {
          complete = false;
        }
      }
    }
    show(rows, options.write());
    return complete ? 0 : 1;
  }

  private static void growth(List<String> words) throws IOException, InterruptedException {
    Path file = Jvm.FOLDER.resolve("growth.md");
    int status =
        Jvm.process(Jvm.command(Growth.class, List.of(), List.of()))
            .redirectOutput(file.toFile())
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("measuring growth ended with " + status);
    }
    String tables = Files.readString(file);
    System.out.print(tables);
    if (words.contains("--write")) {
      Page.replace(PAGE, "growth", "\n" + tables + "\n" + Machine.describe() + ".\n\n");
    }
  }

  private static void service(List<String> words)
      throws IOException, InterruptedException, ExecutionException {
    Costs costs = new Costs(Jvm.FOLDER, Jvm::service);
    for (String part : List.of("start", "memory", "size")) {
      if (words.contains(part) || words.stream().allMatch(word -> word.startsWith("--"))) {
        String table =
            switch (part) {
              case "start" -> costs.start(15);
              case "memory" -> costs.memory();
              default -> costs.size();
            };
        System.out.println(table);
        if (words.contains("--write")) {
          Page.replace(PAGE, part, "\n" + table + "\n" + Machine.describe() + ".\n\n");
        }
      }
    }
  }

  private static boolean measure(
      Path file, Workload workload, Mode mode, String[] args, List<String> jvm)
      throws IOException, InterruptedException {
    Files.deleteIfExists(file);
    System.err.printf("%s %s ...%n", workload, mode.word());
    List<String> arguments =
        new ArrayList<>(List.of(file.toString(), workload.name(), mode.word()));
    arguments.addAll(Arrays.stream(args).filter(arg -> arg.startsWith("--")).toList());
    List<String> options = new ArrayList<>(List.of("-Xmx4g"));
    options.addAll(jvm);
    return Jvm.run(OneRow.class, options, arguments) == 0;
  }

  private static void show(List<Row> rows, boolean write) throws IOException {
    String table = Table.of(rows);
    System.out.print(table);
    Files.writeString(
        Jvm.FOLDER.resolve("results.json"),
        new GsonBuilder().setPrettyPrinting().create().toJson(rows));
    Plot.write(rows, Jvm.FOLDER.resolve("ratios.png"));
    if (write) {
      Page.replace(PAGE, "rows", "\n" + table + "\n" + Machine.describe() + ".\n\n");
      Plot.write(rows, PAGE.resolveSibling("performance.png"));
    }
  }
}
