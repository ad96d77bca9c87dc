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
import java.util.function.Function;

/** The rows of the table. All classify into {@link #CLASSES} classes. */
public enum Workload {
  W1(
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
      }),
  W2(
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
      }),
  W3(
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
      }),
  W4(
      "digits MLP",
      List.of(64),
      64,
      Update.ADAM,
      List.of(new Dense("fc1"), new Relu(), new Dense("fc2"), new Relu(), new Dense("fc3")),
      seed -> {
        DigitsMlpNetwork net = DigitsMlpNetwork.create(seed);
        return new Compiled(net, batch -> net.predictor(batch)::predict);
      }),
  W5(
      "row LSTM",
      List.of(28, 28),
      64,
      Update.ADAM,
      List.of(new Lstm("cell", 128), new Dense("output")),
      seed -> {
        RowLstmNetwork net = RowLstmNetwork.create(seed);
        return new Compiled(net, batch -> net.predictor(batch)::predict);
      }),
  W6(
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

  /** Classes of every network. */
  public static final int CLASSES = 10;

  private static final long SEED = 42;

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
  private interface Source {
    Compiled create(long seed);
  }

  private final String title;
  private final List<Integer> sampleShape;
  private final int batch;
  private final Update update;
  private final List<Stage> stages;
  private final Source source;

  Workload(
      String title,
      List<Integer> sampleShape,
      int batch,
      Update update,
      List<Stage> stages,
      Source source) {
    this.title = title;
    this.sampleShape = sampleShape;
    this.batch = batch;
    this.update = update;
    this.stages = stages;
    this.source = source;
  }

  public String title() {
    return title;
  }

  /** The shape of one sample. */
  public List<Integer> sampleShape() {
    return sampleShape;
  }

  /** Elements of one sample. */
  public int sampleSize() {
    return sampleShape.stream().reduce(1, (a, b) -> a * b);
  }

  /** Samples of a training step, and of a prediction for throughput. */
  public int batch() {
    return batch;
  }

  public Update update() {
    return update;
  }

  /** The network as peers build it. */
  public List<Stage> stages() {
    return stages;
  }

  /** Cortado's network, with the same weights every time. */
  public Compiled compiled() {
    return source.create(SEED);
  }
}
