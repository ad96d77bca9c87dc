package dev.cortado;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * An eager tensor: float64 values of any shape, row-major. It computes what a model means, index by
 * index, so that a model can be run under a debugger and generated code can be checked against it;
 * it is not fast.
 *
 * <p>Nothing that a user can call changes a tensor. ({@link EagerWeights} overwrites the values of
 * learned ones.)
 */
public final class Tensor {
  private final int[] shape;
  private final double[] values;
  private boolean watched;

  /** Keeps both arrays. */
  Tensor(int[] shape, double[] values) {
    this.shape = shape;
    this.values = values;
    FiniteWatch.made(values);
  }

  /**
   * A tensor of values in row-major order.
   *
   * @param dims the sizes, outermost first; their product is the number of values
   */
  public static Tensor of(double[] values, int... dims) {
    Shapes.requireCount("Tensor.of", values.length, dims);
    return new Tensor(dims.clone(), values.clone());
  }

  /** A tensor of values in row-major order. */
  public static Tensor of(float[] values, int... dims) {
    Shapes.requireCount("Tensor.of", values.length, dims);
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return new Tensor(dims.clone(), wide);
  }

  /** A tensor without dimensions. */
  public static Tensor scalar(double value) {
    return new Tensor(new int[0], new double[] {value});
  }

  /** The element at each index by a formula; the index array is reused and must not be kept. */
  static Tensor build(int[] shape, ToDoubleFunction<int[]> element) {
    double[] values = new double[Shapes.count(shape)];
    int[] index = new int[shape.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = element.applyAsDouble(index);
      Shapes.next(index, shape);
    }
    return new Tensor(shape, values);
  }

  /** Number of dimensions. */
  public int rank() {
    return shape.length;
  }

  /** Size of a dimension; a negative one counts from the end. In a model it may be symbolic. */
  public int size(int dim) {
    return shape[Shapes.dim("size", dim, shape)];
  }

  /** The sizes, outermost first; a copy. */
  public int[] shape() {
    return shape.clone();
  }

  /** Number of elements. */
  public int count() {
    return values.length;
  }

  /**
   * The value of a tensor with one element; for eager use only.
   *
   * @throws IllegalStateException when there are more elements, or none
   */
  public double item() {
    if (values.length != 1) {
      throw new IllegalStateException(
          "item() expects a tensor with one element, but this is "
              + Shapes.text(shape)
              + "; use get(index) or toDoubles()");
    }
    return values[0];
  }

  /** The element at an index, which has one entry for each dimension. */
  public double get(int... index) {
    if (index.length != shape.length) {
      throw new IllegalArgumentException(
          "get expects "
              + shape.length
              + " indices for "
              + Shapes.text(shape)
              + ", but "
              + index.length
              + " came");
    }
    for (int i = 0; i < index.length; i++) {
      Objects.checkIndex(index[i], shape[i]);
    }
    return at(index);
  }

  /** The values in row-major order; a copy. */
  public double[] toDoubles() {
    return values.clone();
  }

  /** The values in row-major order, rounded. */
  public float[] toFloats() {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }

  /** The shape and, to a limit, the values nested as in Java array initializers. */
  @Override
  public String toString() {
    return TensorText.of(this);
  }

  /** The element at an index that is known to be in range. */
  double at(int[] index) {
    return values[Shapes.offset(index, shape)];
  }

  /** The shape itself, not to be changed. */
  int[] dims() {
    if (watched) {
      FiniteWatch.used(this);
    }
    return shape;
  }

  /** Whether {@link FiniteWatch} is told when this one is read. */
  void watch(boolean on) {
    watched = on;
  }

  /** The values themselves, row-major, not to be changed. */
  double[] data() {
    return values;
  }

  /** New values for a learned tensor: {@code count()} of them from {@code offset} on. */
  void overwrite(float[] source, int offset) {
    for (int i = 0; i < values.length; i++) {
      values[i] = source[offset + i];
    }
  }
}
