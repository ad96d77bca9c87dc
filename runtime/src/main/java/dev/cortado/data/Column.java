package dev.cortado.data;

import dev.cortado.Port;
import java.util.List;

/**
 * One array of a data set: what a single sample of it looks like.
 *
 * @param kind {@code FLOAT} arrays are {@code float[]}; {@code INT} and {@code LABEL} arrays are
 *     {@code int[]}
 * @param shape of one sample, outermost dimension first, without the sample dimension: {@code [1,
 *     28, 28]}; empty for one number per sample
 */
public record Column(Port.Kind kind, List<Integer> shape) {
  public Column {
    shape = List.copyOf(shape);
    long count = 1;
    for (int dimension : shape) {
      if (dimension < 1) {
        throw new IllegalArgumentException("dimensions must be at least 1, got shape " + shape);
      }
      count = Math.multiplyExact(count, dimension);
      if (count > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "one sample of shape " + shape + " is too large for an array");
      }
    }
  }

  /** Number of elements of one sample. */
  public int count() {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  /** An array for {@code samples} samples. */
  Object allocate(int samples) {
    int length = Math.multiplyExact(samples, count());
    return kind == Port.Kind.FLOAT ? new float[length] : new int[length];
  }

  /** The array's length, with a check that it is of the type this column's kind needs. */
  static int length(Object array) {
    return switch (array) {
      case float[] floats -> floats.length;
      case int[] ints -> ints.length;
      default ->
          throw new IllegalArgumentException(
              "data come as float[] or int[], got " + array.getClass().getSimpleName());
    };
  }
}
