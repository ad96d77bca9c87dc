package dev.cortado;

import java.util.Arrays;

/**
 * Whole numbers that go into a model, such as tokens; row-major. They are looked up, not computed
 * with.
 */
public final class IntTensor {
  private final int[] shape;
  private final int[] values;

  private IntTensor(int[] shape, int[] values) {
    this.shape = shape;
    this.values = values;
  }

  /**
   * Values in row-major order.
   *
   * @param dims the sizes, outermost first; their product is the number of values
   */
  public static IntTensor of(int[] values, int... dims) {
    Shapes.requireCount("IntTensor.of", values.length, dims);
    return new IntTensor(dims.clone(), values.clone());
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

  /** The values in row-major order; a copy. */
  public int[] toInts() {
    return values.clone();
  }

  @Override
  public String toString() {
    return "IntTensor " + Shapes.text(shape) + " " + Arrays.toString(values);
  }

  /** The shape itself, not to be changed. */
  int[] dims() {
    return shape;
  }

  /** The values themselves, not to be changed. */
  int[] data() {
    return values;
  }
}
