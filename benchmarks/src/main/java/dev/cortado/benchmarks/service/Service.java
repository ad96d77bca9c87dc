package dev.cortado.benchmarks.service;

import dev.cortado.Network;
import dev.cortado.benchmarks.peer.OnnxModels;
import dev.cortado.benchmarks.workload.WeightTable;
import dev.cortado.benchmarks.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The services of one workload as command lines, with small heaps.
 *
 * @param name as in the tables
 * @param options of the JVM
 * @param arguments the main class and what it is given
 */
record Service(String name, List<String> classPath, List<String> options, List<String> arguments) {
  /** A small heap, and what compiling took given back to the system every five seconds. */
  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-Xmx32m", "-XX:TrimNativeHeapInterval=5000");

  private static final String CLASSES = "benchmarks/target/classes";
  private static final String VECTOR = "--add-modules=jdk.incubator.vector";

  /** Cortado first, then ONNX Runtime and PyTorch. */
  static List<Service> of(Workload workload, Path folder, int predictions) throws IOException {
    Network network = workload.compiled().network();
    Path weights = weights(workload, folder);
    network.save(weights);
    Path model = folder.resolve(workload.name() + ".onnx");
    Files.write(model, OnnxModels.oneSample(workload, new WeightTable(network)));
    String times = String.valueOf(predictions);
    List<String> onnx =
        new ArrayList<>(List.of(ServeOnnx.class.getName(), model.toString(), times, "1"));
    workload.sampleShape().forEach(size -> onnx.add(String.valueOf(size)));
    return List.of(
        cortado(workload, weights, predictions, true),
        new Service("ONNX Runtime", paths("onnxruntime"), SMALL, onnx),
        new Service(
            "PyTorch through DJL",
            paths(""),
            SMALL,
            List.of(ServeTorch.class.getName(), workload.name(), weights.toString(), times)));
  }

  /** Where a row's weights are kept. */
  static Path weights(Workload workload, Path folder) {
    return folder.resolve(workload.name() + ".safetensors");
  }

  /**
   * Cortado alone.
   *
   * @param vector whether with the Vector API's module
   */
  static Service cortado(Workload workload, Path weights, int predictions, boolean vector) {
    List<String> arguments =
        List.of(
            ServeCortado.class.getName(),
            workload.name(),
            weights.toString(),
            String.valueOf(workload.sampleSize()),
            String.valueOf(predictions));
    Service plain = new Service("Cortado, plain loops", paths("cortado-"), SMALL, arguments);
    return vector ? plain.with("Cortado", VECTOR) : plain;
  }

  /** A JVM that does nothing. */
  static Service bare(int predictions) {
    List<String> arguments = List.of(ServeNothing.class.getName(), String.valueOf(predictions));
    return new Service("a bare JVM", paths(), SMALL, arguments);
  }

  /** The same with another option. */
  Service with(String title, String option) {
    return new Service(
        title, classPath, Stream.concat(options.stream(), Stream.of(option)).toList(), arguments);
  }

  /** Cortado's jars, which a service ships. */
  static List<Path> jars() {
    return paths("cortado-").stream()
        .filter(entry -> entry.endsWith(".jar") && !entry.contains("cortado-benchmarks-"))
        .map(Path::of)
        .toList();
  }

  /**
   * Entries of this JVM's class path that hold one of these words, and the jar with the services'
   * main classes: archives of classes want jars.
   */
  private static List<String> paths(String... words) {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      if (entry.endsWith(CLASSES)) {
        entries.add(jar(Path.of("benchmarks", "target")).toString());
      } else if (Arrays.stream(words).anyMatch(Path.of(entry).getFileName().toString()::contains)) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private static Path jar(Path target) {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches("cortado-benchmarks-.*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(target + " holds no jar of benchmarks"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", String.join(":", classPath)));
    command.addAll(arguments);
    return command;
  }
}
