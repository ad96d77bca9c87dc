package dev.cortado.benchmarks.workload;

import java.util.Arrays;

/**
 * Floating-point operations of one sample in matrix products and convolutions, an addition and a
 * multiplication counted as two: what any implementation has to do.
 */
public final class Arithmetic {
  private final WeightTable weights;
  private long[] shape;
  private long total;
  private long first;

  private Arithmetic(Workload workload, WeightTable weights) {
    this.weights = weights;
    this.shape = workload.sampleShape().stream().mapToLong(Integer::longValue).toArray();
    workload.stages().forEach(this::add);
  }

  /**
   * Operations of a forward pass, or of a training step: the gradient of each operand costs as much
   * as the product, and the gradient of the input is not asked for.
   */
  public static long of(Workload workload, WeightTable weights, Mode mode) {
    Arithmetic counted = new Arithmetic(workload, weights);
    return mode == Mode.TRAIN ? 3 * counted.total - counted.first : counted.total;
  }

  private void add(Stage stage) {
    switch (stage) {
      case Stage.Conv conv -> {
        long[] kernel = weights.get(conv.name() + ".weight").shape();
        long grow = 2L * conv.padding() + 1;
        shape = new long[] {kernel[0], shape[1] + grow - kernel[2], shape[2] + grow - kernel[3]};
        count(product(kernel) * shape[1] * shape[2]);
      }
      case Stage.MaxPool(int size) ->
          shape = new long[] {shape[0], shape[1] / size, shape[2] / size};
      case Stage.Flatten() -> shape = new long[] {product(shape)};
      case Stage.Relu() -> {}
      case Stage.Dense(String name) -> count(weights(name + ".weight"));
      case Stage.Lstm lstm -> {
        long steps = shape[0];
        count(steps * weights(lstm.name() + ".fromInput.weight"));
        count(steps * weights(lstm.name() + ".fromState.weight"));
        shape = new long[] {lstm.size()};
      }
      case Stage.EncoderLayer layer -> {
        long positions = shape[0];
        for (String part : new String[] {"projection", "joined", "up", "down"}) {
          count(positions * weights(layer.name() + '.' + part + ".weight"));
        }
        count(2 * positions * positions * layer.features()); // Scores, and what is read by them.
      }
      case Stage.MeanOverPositions() -> shape = new long[] {shape[1]};
    }
  }

  private void count(long multiplications) {
    if (total == 0) {
      first = 2 * multiplications;
    }
    total += 2 * multiplications;
  }

  private long weights(String name) {
    return product(weights.get(name).shape());
  }

  private static long product(long[] sizes) {
    return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
  }
}
