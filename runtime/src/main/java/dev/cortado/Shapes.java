package dev.cortado;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Arithmetic on shapes and indices. */
final class Shapes {
  private Shapes() {}

  /** The product of the sizes; 1 for a scalar. */
  static int count(int... shape) {
    int count = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException(
            "sizes must not be negative, but " + text(shape) + " came");
      }
      count = Math.multiplyExact(count, size);
    }
    return count;
  }

  static void requireCount(String what, int values, int[] shape) {
    int count = count(shape);
    if (values != count) {
      throw new IllegalArgumentException(
          what + " expects " + count + " values for " + text(shape) + ", but " + values + " came");
    }
  }

  /** Moves an index on by one in row-major order; from the last one to the first. */
  static void next(int[] index, int[] shape) {
    for (int d = index.length - 1; d >= 0; d--) {
      index[d]++;
      if (index[d] < shape[d]) {
        return;
      }
      index[d] = 0;
    }
  }

  /** Where the element at an index lies in row-major order. */
  static int offset(int[] index, int[] shape) {
    int offset = 0;
    for (int d = 0; d < shape.length; d++) {
      offset = offset * shape[d] + index[d];
    }
    return offset;
  }

  /** A dimension of a shape as an index from 0. */
  static int dim(String what, int dim, int[] shape) {
    int fromStart = dim < 0 ? dim + shape.length : dim;
    if (fromStart < 0 || fromStart >= shape.length) {
      throw new IllegalArgumentException(
          what
              + (shape.length == 0
                  ? " expects a dimension, but a scalar has none"
                  : " expects a dimension from "
                      + -shape.length
                      + " to "
                      + (shape.length - 1)
                      + " of "
                      + text(shape)
                      + ", but "
                      + dim
                      + " came"));
    }
    return fromStart;
  }

  /** Which dimensions are named; all when none is. */
  static boolean[] chosen(String what, int[] dims, int[] shape) {
    boolean[] chosen = new boolean[shape.length];
    Arrays.fill(chosen, dims.length == 0);
    for (int dim : dims) {
      int d = dim(what, dim, shape);
      if (chosen[d]) {
        throw new IllegalArgumentException(
            what + " expects each dimension once, but " + dim + " came twice");
      }
      chosen[d] = true;
    }
    return chosen;
  }

  /** The shape that several broadcast to, NumPy's rule. */
  static int[] broadcast(String what, int[]... shapes) {
    int rank = Arrays.stream(shapes).mapToInt(s -> s.length).max().orElse(0);
    int[] result = new int[rank];
    for (int d = 0; d < rank; d++) {
      int size = 1;
      for (int[] shape : shapes) {
        int own = d - (rank - shape.length);
        if (own < 0 || shape[own] == 1) {
          continue;
        }
        if (size != 1 && size != shape[own]) {
          throw new IllegalArgumentException(
              what
                  + " expects shapes that broadcast, but "
                  + texts(shapes)
                  + " came: "
                  + size
                  + " and "
                  + shape[own]
                  + " do not match, and neither is 1");
        }
        size = shape[own];
      }
      result[d] = size;
    }
    return result;
  }

  /** The index into {@code shape} that an index into the shape it is broadcast to reads. */
  static int broadcastOffset(int[] index, int[] shape) {
    int offset = 0;
    int skip = index.length - shape.length;
    for (int d = 0; d < shape.length; d++) {
      offset = offset * shape[d] + (shape[d] == 1 ? 0 : index[skip + d]);
    }
    return offset;
  }

  static void requireSame(String what, int[] a, int[] b) {
    if (!Arrays.equals(a, b)) {
      throw new IllegalArgumentException(
          what
              + " expects two tensors of the same shape, but "
              + text(a)
              + " and "
              + text(b)
              + " came; losses do not broadcast, so reshape one of them");
    }
  }

  static void requireRank(String what, String layout, int rank, int[] shape) {
    if (shape.length != rank) {
      throw new IllegalArgumentException(
          what + " expects " + layout + ", but " + text(shape) + " came");
    }
  }

  /** {@code shape} with another size for one dimension. */
  static int[] with(int[] shape, int dim, int size) {
    int[] result = shape.clone();
    result[dim] = size;
    return result;
  }

  /** {@code shape} (or an index) without one dimension. */
  static int[] without(int[] shape, int dim) {
    return IntStream.range(0, shape.length).filter(d -> d != dim).map(d -> shape[d]).toArray();
  }

  /** {@code shape} (or an index) with one entry more, at {@code dim}. */
  static int[] inserted(int[] shape, int dim, int size) {
    int[] result = new int[shape.length + 1];
    System.arraycopy(shape, 0, result, 0, dim);
    result[dim] = size;
    System.arraycopy(shape, dim, result, dim + 1, shape.length - dim);
    return result;
  }

  /** {@code [2, 3]}. */
  static String text(int[] shape) {
    return Arrays.toString(shape);
  }

  private static String texts(int[][] shapes) {
    return Arrays.stream(shapes).map(Shapes::text).collect(Collectors.joining(" and "));
  }
}
