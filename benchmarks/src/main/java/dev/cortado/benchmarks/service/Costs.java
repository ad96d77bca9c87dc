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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  /**
   * What a process said.
   *
   * @param milliseconds to its first prediction
   * @param peak resident kilobytes after many predictions, while HotSpot still compiles, or 0
   * @param kilobytes resident some seconds later, or 0
   */
  private record Said(double milliseconds, long peak, long kilobytes) {}

  /** Fresh JVMs of W4, from the start of the process to the first prediction, in turns. */
  public String start(int rounds) throws IOException, InterruptedException {
    List<Service> services = starting();
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Service service : services) {
        times
            .computeIfAbsent(service.name(), name -> new ArrayList<>())
            .add(run(service).milliseconds());
      }
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

  /** As it is started usually, and with a cache of classes made by a run before. */
  private List<Service> starting() throws IOException, InterruptedException {
    Workload workload = Workload.named("W4");
    List<Service> all = new ArrayList<>();
    List<Service> peers = Service.of(workload, folder, 0);
    for (boolean vector : new boolean[] {true, false}) {
      Service plain = Service.cortado(workload, Service.weights(workload, folder), 0, vector);
      Path cache = folder.resolve(vector ? "vector.aot" : "plain.aot").toAbsolutePath();
      Files.deleteIfExists(cache);
      run(plain.with("making an AOT cache", "-XX:AOTCacheOutput=" + cache));
      all.add(plain);
      all.add(plain.with(plain.name() + ", AOT cache", "-XX:AOTCache=" + cache));
    }
    all.addAll(peers.subList(1, peers.size()));
    all.add(Service.bare(0));
    return all;
  }

  /** Resident memory after some thousand predictions of one sample, and what it consists of. */
  public String memory() throws IOException, InterruptedException, ExecutionException {
    List<List<Service>> services = new ArrayList<>();
    for (Workload workload : Workload.ALL) {
      services.add(Service.of(workload, folder, PREDICTIONS));
    }
    long bare = run(Service.bare(1)).kilobytes();
    List<Said> ours = together(services, 0);
    List<Said> onnx = together(services, 1);
    List<Said> torch = together(services, 2);
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                """
                A bare JVM: %,d kB.

                | row | Cortado, kB | parameters | arena | over a bare JVM, parameters and arena | while compiling | ONNX Runtime, kB | PyTorch, kB |
                |---|--:|--:|--:|--:|--:|--:|--:|
                """,
                bare));
    for (int i = 0; i < services.size(); i++) {
      Network network = Workload.ALL.get(i).compiled().network();
      long parameters = 4L * network.lentWeights().length / 1024;
      long arena = network.predictorBytes(1) / 1024;
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | %,d | **%,d** | %,d | %,d | %,d |%n",
              Workload.ALL.get(i),
              ours.get(i).kilobytes(),
              parameters,
              arena,
              ours.get(i).kilobytes() - bare - parameters - arena,
              ours.get(i).peak(),
              onnx.get(i).kilobytes(),
              torch.get(i).kilobytes()));
    }
    return text.toString();
  }

  /** All rows of one contestant at once: what is looked at is memory, and they mostly sleep. */
  private List<Said> together(List<List<Service>> services, int contestant)
      throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newFixedThreadPool(services.size())) {
      List<Future<Said>> runs = new ArrayList<>();
      for (List<Service> row : services) {
        runs.add(executor.submit(() -> run(row.get(contestant))));
      }
      List<Said> said = new ArrayList<>();
      for (Future<Said> run : runs) {
        said.add(run.get());
      }
      return said;
    }
  }

  /** Bytes of what a service ships. */
  public String size() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            | row | Cortado's jars, bytes | the network's classes | weights | together |
            |---|--:|--:|--:|--:|
            """);
    long jars = 0;
    for (Path jar : Service.jars()) {
      jars += Files.size(jar);
    }
    for (Workload workload : Workload.ALL) {
      Network network = workload.compiled().network();
      Path file = Service.weights(workload, folder);
      network.save(file);
      long classes = classBytes(network.getClass().getSimpleName());
      long weights = Files.size(file);
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | %,d | %,d |%n",
              workload,
              jars,
              classes,
              weights,
              jars + classes + weights));
    }
    return text.toString();
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
    long peak = 0;
    long kilobytes = 0;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("first")) {
          milliseconds = (System.nanoTime() - start) / 1e6;
        } else if (line.startsWith("peak ")) {
          peak = Long.parseLong(line.substring("peak ".length()));
        } else if (line.startsWith("resident ")) {
          kilobytes = Long.parseLong(line.substring("resident ".length()));
        }
      }
    }
    if (process.waitFor() != 0 || milliseconds == 0) {
      throw new IllegalStateException(service.name() + " failed: " + service.command());
    }
    return new Said(milliseconds, peak, kilobytes);
  }
}
