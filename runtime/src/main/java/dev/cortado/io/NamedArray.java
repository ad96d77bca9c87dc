package dev.cortado.io;

import java.util.List;

/**
 * An array to be stored under a name.
 *
 * @param shape outermost dimension first
 * @param values holds the elements, row-major, from {@code offset} on
 */
public record NamedArray(String name, List<Integer> shape, float[] values, int offset) {
  public NamedArray {
    shape = List.copyOf(shape);
    if (offset < 0 || offset + count(shape) > values.length) {
      throw new IllegalArgumentException(
          "%s of shape %s does not lie in %,d values from %,d on"
              .formatted(name, shape, values.length, offset));
    }
  }

  /** All of {@code values}, as one dimension. */
  public static NamedArray of(String name, float[] values) {
    return new NamedArray(name, List.of(values.length), values, 0);
  }

  /** Number of elements. */
  public int count() {
    return (int) count(shape);
  }

  private static long count(List<Integer> shape) {
    long count = 1;
    for (int dimension : shape) {
      count = Math.multiplyExact(count, dimension);
    }
    return count;
  }
}
