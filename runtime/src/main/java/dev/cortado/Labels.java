package dev.cortado;

import java.util.Arrays;

/** Class targets: the number of the right class, from 0, for each sample or position; row-major. */
public final class Labels {
  private final IntTensor indices;

  private Labels(IntTensor indices) {
    this.indices = indices;
  }

  /**
   * Labels in row-major order.
   *
   * @param dims the sizes, outermost first; their product is the number of labels
   */
  public static Labels of(int[] values, int... dims) {
    return new Labels(IntTensor.of(values, dims));
  }

  /** Number of dimensions. */
  public int rank() {
    return indices.rank();
  }

  /** Size of a dimension; a negative one counts from the end. In a model it may be symbolic. */
  public int size(int dim) {
    return indices.size(dim);
  }

  /** The sizes, outermost first; a copy. */
  public int[] shape() {
    return indices.shape();
  }

  /** Number of labels. */
  public int count() {
    return indices.count();
  }

  /** The labels in row-major order; a copy. */
  public int[] toInts() {
    return indices.toInts();
  }

  @Override
  public String toString() {
    return "Labels " + Shapes.text(indices.dims()) + " " + Arrays.toString(indices.data());
  }

  /** The labels as plain numbers. */
  IntTensor indices() {
    return indices;
  }
}
