package dev.cortado.benchmarks.service;

import dev.cortado.Network;
import dev.cortado.benchmarks.measure.Spread;
import dev.cortado.benchmarks.workload.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Start, memory and size of services, as tables in Markdown. */
public final class Costs {
  private static final int PREDICTIONS = 2000;

  private final Path folder;
  private final Function<List<String>, ProcessBuilder> processes;

  /**
   * @param folder for weights and models
   * @param processes starts a command in the environment that peers need
   */
  public Costs(Path folder, Function<List<String>, ProcessBuilder> processes) {
    this.folder = folder;
    this.processes = processes;
  }

  /** What a process said: milliseconds to its first prediction, and resident kilobytes, or 0. */
  private record Said(double milliseconds, long kilobytes) {}

  /** Fresh JVMs of W4, from the start of the process to the first prediction, in turns. */
  public String start(int rounds) throws IOException, InterruptedException {
    List<Service> services = Service.of(Workload.named("W4"), folder, 0);
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Service service : services) {
        times
            .computeIfAbsent(service.name(), name -> new ArrayList<>())
            .add(run(service).milliseconds());
      }
      times
          .computeIfAbsent(Service.bare().name(), name -> new ArrayList<>())
          .add(run(Service.bare()).milliseconds());
    }
    StringBuilder text =
        new StringBuilder(
            "| fresh JVM to first prediction, W4 | median, ms | min – max |\n|---|--:|--:|\n");
    times.forEach(
        (name, values) -> {
          Spread spread = Spread.of(values);
          text.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %.0f | %.0f – %.0f |%n",
                  name,
                  spread.median(),
                  spread.min(),
                  spread.max()));
        });
    return text.toString();
  }

  /** Resident memory after some thousand predictions of one sample, and what it consists of. */
  public String memory() throws IOException, InterruptedException {
    long bare = run(Service.bare()).kilobytes();
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                """
                A bare JVM: %,d kB.

                | row | Cortado, kB | parameters | arena | over a bare JVM, parameters and arena | ONNX Runtime, kB | PyTorch, kB |
                |---|--:|--:|--:|--:|--:|--:|
                """,
                bare));
    for (Workload workload : Workload.ALL) {
      List<Service> services = Service.of(workload, folder, PREDICTIONS);
      long ours = run(services.get(0)).kilobytes();
      Network network = workload.compiled().network();
      long parameters = 4L * network.lentWeights().length / 1024;
      long arena = network.predictorBytes(1) / 1024;
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | %,d | %,d | %,d | %,d |%n",
              workload,
              ours,
              parameters,
              arena,
              ours - bare - parameters - arena,
              run(services.get(2)).kilobytes(),
              run(services.get(3)).kilobytes()));
    }
    return text.toString();
  }

  /** Bytes of what a service ships. */
  public String size() throws IOException {
    StringBuilder text = new StringBuilder("| what a service ships | bytes |\n|---|--:|\n");
    for (Path jar : Service.jars()) {
      text.append(line(jar.getFileName().toString(), Files.size(jar)));
    }
    for (Workload workload : Workload.ALL) {
      Network network = workload.compiled().network();
      Path weights = folder.resolve(workload.name() + ".safetensors");
      network.save(weights);
      String classes = network.getClass().getSimpleName();
      text.append(line(classes + ", its classes", classBytes(classes)));
      text.append(line(classes + ", its weights", Files.size(weights)));
    }
    return text.toString();
  }

  private static String line(String what, long bytes) {
    return String.format(Locale.ROOT, "| %s | %,d |%n", what, bytes);
  }

  private static long classBytes(String name) throws IOException {
    Path models =
        Path.of("benchmarks", "target", "classes", "dev", "cortado", "benchmarks", "model");
    long sum = 0;
    try (Stream<Path> files = Files.list(models)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(name)) {
          sum += Files.size(file);
        }
      }
    }
    return sum;
  }

  private Said run(Service service) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = processes.apply(service.command()).start();
    double milliseconds = 0;
    long kilobytes = 0;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("first")) {
          milliseconds = (System.nanoTime() - start) / 1e6;
        } else if (line.startsWith("resident ")) {
          kilobytes = Long.parseLong(line.substring("resident ".length()));
        }
      }
    }
    if (process.waitFor() != 0 || milliseconds == 0) {
      throw new IllegalStateException(service.name() + " failed: " + service.command());
    }
    return new Said(milliseconds, kilobytes);
  }
}
