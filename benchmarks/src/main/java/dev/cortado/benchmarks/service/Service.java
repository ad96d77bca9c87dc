package dev.cortado.benchmarks.service;

import dev.cortado.Network;
import dev.cortado.benchmarks.peer.OnnxModels;
import dev.cortado.benchmarks.workload.WeightTable;
import dev.cortado.benchmarks.workload.Workload;
import java.io.IOException;
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
  private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Xmx32m");

  /** Cortado first, then ONNX Runtime and PyTorch. */
  static List<Service> of(Workload workload, Path folder, int predictions) throws IOException {
    Network network = workload.compiled().network();
    Path weights = folder.resolve(workload.name() + ".safetensors");
    network.save(weights);
    Path model = folder.resolve(workload.name() + ".onnx");
    Files.write(model, OnnxModels.oneSample(workload, new WeightTable(network)));
    String times = String.valueOf(predictions);
    List<String> onnx =
        new ArrayList<>(List.of(ServeOnnx.class.getName(), model.toString(), times, "1"));
    workload.sampleShape().forEach(size -> onnx.add(String.valueOf(size)));
    List<String> cortado =
        List.of(
            ServeCortado.class.getName(),
            workload.name(),
            weights.toString(),
            String.valueOf(workload.sampleSize()),
            times);
    List<String> vector =
        Stream.concat(SMALL.stream(), Stream.of("--add-modules=jdk.incubator.vector")).toList();
    return List.of(
        new Service("Cortado", paths("cortado", "benchmarks"), vector, cortado),
        new Service("Cortado, plain loops", paths("cortado", "benchmarks"), SMALL, cortado),
        new Service("ONNX Runtime", paths("onnxruntime", "benchmarks"), SMALL, onnx),
        new Service(
            "PyTorch through DJL",
            paths(""),
            SMALL,
            List.of(ServeTorch.class.getName(), workload.name(), weights.toString(), times)));
  }

  /** A JVM that does nothing. */
  static Service bare() {
    return new Service(
        "a bare JVM", paths("benchmarks"), SMALL, List.of(ServeNothing.class.getName()));
  }

  /** Cortado's jars, which a service ships. */
  static List<Path> jars() {
    return paths("cortado-runtime", "cortado-annotations").stream()
        .filter(entry -> entry.endsWith(".jar"))
        .map(Path::of)
        .toList();
  }

  /** Entries of this JVM's class path that hold one of these words. */
  private static List<String> paths(String... words) {
    return Arrays.stream(System.getProperty("java.class.path").split(":", -1))
        .filter(
            entry ->
                Arrays.stream(words).anyMatch(Path.of(entry).getFileName().toString()::contains)
                    || entry.endsWith("benchmarks/target/classes"))
        .toList();
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
