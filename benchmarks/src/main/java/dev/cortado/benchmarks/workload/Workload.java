package dev.cortado.benchmarks.workload;

import dev.cortado.Network;
import dev.cortado.benchmarks.model.CifarCnnNetwork;
import dev.cortado.benchmarks.model.DigitsMlpNetwork;
import dev.cortado.benchmarks.model.EncoderNetwork;
import dev.cortado.benchmarks.model.LeNetNetwork;
import dev.cortado.benchmarks.model.MnistCnnNetwork;
import dev.cortado.benchmarks.model.RowLstmNetwork;
import dev.cortado.benchmarks.workload.Stage.Conv;
import dev.cortado.benchmarks.workload.Stage.Dense;
import dev.cortado.benchmarks.workload.Stage.EncoderLayer;
import dev.cortado.benchmarks.workload.Stage.Flatten;
import dev.cortado.benchmarks.workload.Stage.Lstm;
import dev.cortado.benchmarks.workload.Stage.MaxPool;
import dev.cortado.benchmarks.workload.Stage.MeanOverPositions;
import dev.cortado.benchmarks.workload.Stage.Relu;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A row of the table. All classify into {@link #CLASSES} classes.
 *
 * @param name as in the table, {@code W1}
 * @param sampleShape the shape of one sample
 * @param batch samples of a training step, and of a prediction for throughput
 * @param stages the network as peers build it
 * @param source Cortado's network
 */
public record Workload(
    String name,
    String title,
    List<Integer> sampleShape,
    int batch,
    Update update,
    List<Stage> stages,
    Source source) {
  /** Classes of every network. */
  public static final int CLASSES = 10;

  private static final long SEED = 42;

  private static final Workload W1 =
      new Workload(
          "W1",
          "MNIST CNN",
          List.of(1, 28, 28),
          64,
          Update.MOMENTUM,
          List.of(
              new Conv("conv1", 0),
              new Relu(),
              new MaxPool(2),
              new Conv("conv2", 0),
              new Relu(),
              new MaxPool(2),
              new Flatten(),
              new Dense("fc1"),
              new Relu(),
              new Dense("fc2"),
              new Relu(),
              new Dense("fc3")),
          seed -> {
            MnistCnnNetwork net = MnistCnnNetwork.create(seed);
            return new Compiled(net, batch -> net.predictor(batch)::predict);
          });

  private static final Workload W2 =
      new Workload(
          "W2",
          "CIFAR CNN",
          List.of(3, 32, 32),
          64,
          Update.SGD,
          List.of(
              new Conv("conv1", 1),
              new Relu(),
              new MaxPool(2),
              new Conv("conv2", 1),
              new Relu(),
              new MaxPool(2),
              new Flatten(),
              new Dense("fc1"),
              new Relu(),
              new Dense("fc2")),
          seed -> {
            CifarCnnNetwork net = CifarCnnNetwork.create(seed);
            return new Compiled(net, batch -> net.predictor(batch)::predict);
          });

  private static final Workload W3 =
      new Workload(
          "W3",
          "LeNet",
          List.of(3, 32, 32),
          64,
          Update.ADAM,
          List.of(
              new Conv("conv1", 0),
              new Relu(),
              new MaxPool(2),
              new Conv("conv2", 0),
              new Relu(),
              new MaxPool(2),
              new Flatten(),
              new Dense("fc1"),
              new Relu(),
              new Dense("fc2"),
              new Relu(),
              new Dense("fc3")),
          seed -> {
            LeNetNetwork net = LeNetNetwork.create(seed);
            return new Compiled(net, batch -> net.predictor(batch)::predict);
          });

  private static final Workload W4 =
      new Workload(
          "W4",
          "digits MLP",
          List.of(64),
          64,
          Update.ADAM,
          List.of(new Dense("fc1"), new Relu(), new Dense("fc2"), new Relu(), new Dense("fc3")),
          seed -> {
            DigitsMlpNetwork net = DigitsMlpNetwork.create(seed);
            return new Compiled(net, batch -> net.predictor(batch)::predict);
          });

  private static final Workload W5 =
      new Workload(
          "W5",
          "row LSTM",
          List.of(28, 28),
          64,
          Update.ADAM,
          List.of(new Lstm("cell", 128), new Dense("output")),
          seed -> {
            RowLstmNetwork net = RowLstmNetwork.create(seed);
            return new Compiled(net, batch -> net.predictor(batch)::predict);
          });

  private static final Workload W6 =
      new Workload(
          "W6",
          "encoder",
          List.of(64, 128),
          32,
          Update.ADAM,
          List.of(
              new EncoderLayer("layer1", 128, 4),
              new EncoderLayer("layer2", 128, 4),
              new MeanOverPositions(),
              new Dense("output")),
          seed -> {
            EncoderNetwork net = EncoderNetwork.create(seed);
            return new Compiled(net, batch -> net.predictor(batch)::predict);
          });

  /** All rows, in order. */
  public static final List<Workload> ALL = List.of(W1, W2, W3, W4, W5, W6);

  /** How a training step changes the weights. */
  public enum Update {
    SGD,
    /** With momentum 0.9. */
    MOMENTUM,
    ADAM
  }

  /** A prediction into arrays of the caller. */
  @FunctionalInterface
  public interface Prediction {
    void predict(float[] inputs, float[] outputs);
  }

  /** A network that Cortado generated, and its predictors by batch size. */
  public record Compiled(Network network, Function<Integer, Prediction> predictor) {}

  /** Makes a network with fresh weights, the same ones every time. */
  public interface Source {
    Compiled create(long seed);
  }

  /**
   * The row of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Workload named(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    return ALL.stream()
        .filter(workload -> workload.name.equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no row is called " + name));
  }

  /** Elements of one sample. */
  public int sampleSize() {
    return sampleShape.stream().reduce(1, (a, b) -> a * b);
  }

  /** Cortado's network, with the same weights every time. */
  public Compiled compiled() {
    return source.create(SEED);
  }

  @Override
  public String toString() {
    return name + " " + title;
  }
}
