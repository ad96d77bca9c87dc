package dev.cortado;

import java.util.Arrays;
import java.util.Random;

/** Tensors from nothing but their shape. */
final class EagerCreation {
  private EagerCreation() {}

  static Tensor full(double value, int[] dims) {
    double[] values = new double[Shapes.count(dims)];
    Arrays.fill(values, value);
    return new Tensor(dims.clone(), values);
  }

  static Tensor uniform(double low, double high, int[] dims) {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "uniform expects low <= high, but " + low + " and " + high + " came");
    }
    Random random = Eager.random();
    return Tensor.build(dims.clone(), i -> low + (high - low) * random.nextDouble());
  }

  static Tensor normal(double mean, double deviation, int[] dims) {
    if (!(deviation >= 0)) {
      throw new IllegalArgumentException(
          "normal expects a deviation of at least 0, but " + deviation + " came");
    }
    Random random = Eager.random();
    return Tensor.build(dims.clone(), i -> mean + deviation * random.nextGaussian());
  }

  static Tensor arange(int from, int to) {
    if (to < from) {
      throw new IllegalArgumentException(
          "arange expects an end of at least " + from + ", but " + to + " came");
    }
    return Tensor.build(new int[] {to - from}, i -> from + i[0]);
  }

  static Tensor eye(int n) {
    return Tensor.build(new int[] {n, n}, i -> i[0] == i[1] ? 1 : 0);
  }

  static Tensor lowerTriangle(int rows, int columns) {
    return Tensor.build(new int[] {rows, columns}, i -> i[1] <= i[0] ? 1 : 0);
  }

  static Tensor dropout(Tensor x, double p) {
    if (!(p >= 0 && p < 1)) {
      throw new IllegalArgumentException(
          "dropout expects a probability of at least 0 and below 1, but " + p + " came");
    }
    if (!Eager.isTraining()) {
      return x;
    }
    Random random = Eager.random();
    return EagerElementwise.each(v -> random.nextDouble() < p ? 0 : v / (1 - p), x);
  }
}
