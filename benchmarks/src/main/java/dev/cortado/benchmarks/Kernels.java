package dev.cortado.benchmarks;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import dev.cortado.benchmarks.kernel.KernelResult;
import dev.cortado.benchmarks.kernel.KernelRun;
import dev.cortado.benchmarks.kernel.KernelTables;
import dev.cortado.benchmarks.measure.Machine;
import dev.cortado.benchmarks.measure.Page;
import dev.cortado.benchmarks.measure.Peak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Kernels under JMH, each kind and number of threads in a process of its own, and their tables. */
final class Kernels {
  private static final String USAGE =
      """
      usage: benchmarks/run kernels [products|convolutions|rows|updates ...] [options]
        --threads=N    1 or 2 or another number; 1 and 2 unless given
        --shape=S      only this shape, such as --shape="64x120x1600 NT"; may be repeated
        --part=I/N     only the I-th of N parts of the shapes; what was measured of others is kept
        --report       measures nothing, but makes tables of what was measured so far
        --write        also writes the tables into docs/performance.md
      """;

  private static final Map<String, String> KINDS = kinds();

  private Kernels() {}

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("products", "MatrixProduct");
    kinds.put("convolutions", "Convolutions");
    kinds.put("rows", "RowFunctions");
    kinds.put("updates", "Updates");
    return kinds;
  }

  static int run(List<String> args) throws IOException, InterruptedException {
    List<String> wanted = new ArrayList<>();
    List<Integer> threads = new ArrayList<>();
    List<String> shapes = new ArrayList<>();
    String part = "1/1";
    boolean report = false;
    boolean write = false;
    for (String arg : args) {
      String value = arg.substring(arg.indexOf('=') + 1);
      if (KINDS.containsKey(arg)) {
        wanted.add(arg);
      } else if (arg.startsWith("--threads=")) {
        threads.add(Integer.parseInt(value));
      } else if (arg.startsWith("--shape=")) {
        shapes.add(value);
      } else if (arg.startsWith("--part=")) {
        part = value;
      } else if (arg.equals("--report")) {
        report = true;
      } else if (arg.equals("--write")) {
        write = true;
      } else {
        System.err.print("neither a kind of kernels nor an option: " + arg + "\n" + USAGE);
        return 2;
      }
    }
    boolean complete = true;
    for (String kind : wanted.isEmpty() ? KINDS.keySet() : wanted) {
      for (int count : threads.isEmpty() ? List.of(1, 2) : threads) {
        complete &= report || measure(kind, count, part, shapes);
      }
    }
    show(wanted.isEmpty() ? List.copyOf(KINDS.keySet()) : wanted, write);
    return complete ? 0 : 1;
  }

  /** Adds to what was measured of a kind, or replaces it. */
  private static boolean measure(String kind, int threads, String part, List<String> shapes)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                file(kind, threads).toString(),
                String.valueOf(threads),
                KINDS.getOrDefault(kind, kind),
                part));
    arguments.addAll(shapes);
    ProcessBuilder process = Jvm.process(Jvm.command(KernelRun.class, List.of(), arguments));
    process.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
    process.environment().put("OPENBLAS_NUM_THREADS", String.valueOf(threads));
    process.redirectOutput(Jvm.FOLDER.resolve(kind + "-" + threads + ".log").toFile());
    System.err.printf("%s, %d threads ...%n", kind, threads);
    return process.start().waitFor() == 0;
  }

  private static Path file(String kind, int threads) {
    return Jvm.FOLDER.resolve("kernels-" + kind + "-" + threads + ".json");
  }

  private static void show(List<String> kinds, boolean write) throws IOException {
    Map<Integer, Double> peaks = new LinkedHashMap<>();
    for (String kind : kinds) {
      List<KernelResult> results = new ArrayList<>();
      for (int threads = 1; threads <= Runtime.getRuntime().availableProcessors(); threads++) {
        if (Files.exists(file(kind, threads))) {
          peaks.computeIfAbsent(threads, Peak::gigaflops);
          results.addAll(
              new Gson()
                  .fromJson(
                      Files.readString(file(kind, threads)),
                      new TypeToken<List<KernelResult>>() {}));
        }
      }
      String table = KernelTables.of(KINDS.getOrDefault(kind, kind), results, peaks);
      System.out.println(table);
      if (write) {
        Page.replace(
            Benchmarks.PAGE,
            kind.equals("rows") ? "rows of functions" : kind,
            "\n" + table + "\n" + Machine.describe() + ".\n\n");
      }
    }
    System.out.println("peak, GFLOP/s by threads: " + peaks);
  }
}
