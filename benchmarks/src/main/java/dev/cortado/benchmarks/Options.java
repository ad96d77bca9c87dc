package dev.cortado.benchmarks;

import dev.cortado.benchmarks.measure.Plan;
import dev.cortado.benchmarks.workload.Mode;
import dev.cortado.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The command line.
 *
 * @param threads 0 for those of each mode
 * @param without names of peers to leave out, in lower case
 * @param jvm options of the JVMs that measure
 * @param report whether to print what was measured before, and measure nothing
 * @param write whether to write the table into the page
 */
record Options(
    Set<Workload> workloads,
    Set<Mode> modes,
    int threads,
    Plan plan,
    Set<String> without,
    List<String> jvm,
    boolean report,
    boolean write) {

  static final String USAGE =
      """
      usage: benchmarks/run all|W1|...|W6 ... [train] [latency] [batch] [options]
             | benchmarks/run kernels [...] | benchmarks/run service [start] [memory] [size] [--write]
             | benchmarks/run growth [--write] | benchmarks/run plain [W1 ...] [--write]
             | benchmarks/run profile W5 [train] [...] [--write]
        all            every row; several rows may be named instead
        train          training steps, latency: one sample at a time, batch: a batch at a time;
                       all three unless some are named
        report         measures nothing, but makes a table of all rows measured so far
        --threads=N    of every contestant, instead of 1 for latency and 2 for the others
        --rounds=N     rounds, 7 unless given
        --seconds=S    of each contestant's turn, 0.5 unless given
        --warmup=S     the most seconds to warm up a contestant, 8 unless given
        --without=P    leaves out a peer: pytorch, onnx
        --write        also writes the table into docs/performance.md
        --jvm=OPTION   for the JVM that measures, such as --jvm=-Dcortado.kernels=plain
      """;

  static Options parse(String[] args) {
    Set<Workload> workloads = new LinkedHashSet<>();
    Set<Mode> modes = EnumSet.noneOf(Mode.class);
    Set<String> without = new HashSet<>();
    List<String> jvm = new ArrayList<>();
    boolean report = false;
    boolean write = false;
    int threads = 0;
    int rounds = Plan.USUAL.rounds();
    double seconds = Plan.USUAL.seconds();
    double warmUp = Plan.USUAL.warmUp();
    for (String arg : args) {
      String value = arg.substring(arg.indexOf('=') + 1);
      switch (arg.contains("=") ? arg.substring(0, arg.indexOf('=')) : arg) {
        case "all" -> workloads.addAll(Workload.ALL);
        case "report" -> report = true;
        case "--write" -> write = true;
        case "train", "latency", "batch" -> modes.add(Mode.valueOf(arg.toUpperCase(Locale.ROOT)));
        case "--threads" -> threads = Integer.parseInt(value);
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--seconds" -> seconds = Double.parseDouble(value);
        case "--warmup" -> warmUp = Double.parseDouble(value);
        case "--without" -> without.add(value.toLowerCase(Locale.ROOT));
        case "--jvm" -> jvm.add(value);
        default -> workloads.add(Workload.named(arg));
      }
    }
    if (workloads.isEmpty() && report) {
      workloads.addAll(Workload.ALL);
    }
    if (workloads.isEmpty()) {
      throw new IllegalArgumentException("no row named");
    }
    return new Options(
        workloads,
        modes.isEmpty() ? EnumSet.allOf(Mode.class) : modes,
        threads,
        new Plan(rounds, seconds, warmUp),
        without,
        jvm,
        report,
        write);
  }

  int threads(Mode mode) {
    return threads > 0 ? threads : mode.threads();
  }
}
