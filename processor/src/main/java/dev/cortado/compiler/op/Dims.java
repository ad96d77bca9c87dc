package dev.cortado.compiler.op;

import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Dimension numbers as users write them, and what is certain about sizes that are only known by
 * name.
 */
final class Dims {
  private Dims() {}

  /** A dimension number from 0 on; negative ones count from the end. */
  static int index(String operation, int dim, Shape shape) {
    int rank = shape.rank();
    if (dim < -rank || dim >= rank) {
      throw new OpError(
          "dimension",
          operation
              + ": there is no dimension "
              + dim
              + " in "
              + shape
              + (rank == 0
                  ? ", which is a scalar"
                  : "; use 0 to " + (rank - 1) + ", or -1 to -" + rank + " from the end"));
    }
    return dim < 0 ? dim + rank : dim;
  }

  /** Distinct dimension numbers in order; none given means all. */
  static List<Integer> set(String operation, List<Integer> dims, Shape shape) {
    TreeSet<Integer> sorted = new TreeSet<>();
    for (int dim : dims) {
      if (!sorted.add(index(operation, dim, shape))) {
        throw new OpError(
            "dimension", operation + ": dimension " + dim + " is given twice: " + dims);
      }
    }
    if (dims.isEmpty()) {
      for (int i = 0; i < shape.rank(); i++) {
        sorted.add(i);
      }
    }
    return new ArrayList<>(sorted);
  }
}
