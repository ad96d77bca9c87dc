package dev.cortado;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions of single elements, with broadcasting. */
final class EagerElementwise {
  private EagerElementwise() {}

  /** A function of three numbers. */
  @FunctionalInterface
  interface Ternary {
    double apply(double x, double y, double z);
  }

  static Tensor each(DoubleUnaryOperator f, Tensor x) {
    double[] values = new double[x.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = f.applyAsDouble(x.data()[i]);
    }
    return new Tensor(x.dims(), values);
  }

  static Tensor zip(String what, DoubleBinaryOperator f, Tensor x, Tensor y) {
    int[] shape = Shapes.broadcast(what, x.dims(), y.dims());
    return Tensor.build(shape, i -> f.applyAsDouble(broadcast(x, i), broadcast(y, i)));
  }

  static Tensor zip(String what, Ternary f, Tensor x, Tensor y, Tensor z) {
    int[] shape = Shapes.broadcast(what, x.dims(), y.dims(), z.dims());
    return Tensor.build(shape, i -> f.apply(broadcast(x, i), broadcast(y, i), broadcast(z, i)));
  }

  static Tensor clamp(Tensor x, double low, double high) {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "clamp expects low <= high, but " + low + " and " + high + " came");
    }
    return each(v -> Math.min(Math.max(v, low), high), x);
  }

  /** What an index into the broadcast shape reads of {@code x}. */
  private static double broadcast(Tensor x, int[] index) {
    return x.data()[Shapes.broadcastOffset(index, x.dims())];
  }
}
