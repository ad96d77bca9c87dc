package dev.cortado.compiler.op;

import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * NumPy's broadcasting: shapes are aligned at the end, and a size of 1 or a missing dimension is
 * repeated. Symbolic sizes agree when their polynomials are equal.
 */
final class Broadcast {
  private Broadcast() {}

  /**
   * The common shape.
   *
   * @param operation who asks, for the message
   * @throws OpError when there is none
   */
  static Shape shape(String operation, List<Shape> shapes) {
    int rank = shapes.stream().mapToInt(Shape::rank).max().orElse(0);
    List<Poly> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      Poly dim = Poly.ONE;
      for (Shape shape : shapes) {
        int own = i - rank + shape.rank();
        if (own < 0 || shape.dim(own).is(1) || shape.dim(own).equals(dim)) {
          continue;
        }
        if (!dim.is(1)) {
          throw new OpError(
              "broadcast",
              operation
                  + ": shapes do not broadcast: "
                  + shapes.stream().map(Shape::toString).collect(Collectors.joining(" and "))
                  + ", "
                  + dim
                  + " against "
                  + shape.dim(own)
                  + " in dimension "
                  + (i - rank)
                  + "; sizes must be equal or 1, aligned at the end");
        }
        dim = shape.dim(own);
      }
      dims.add(dim);
    }
    return new Shape(dims);
  }

  /**
   * Where the element at {@code index} of the common shape lies in an operand of shape {@code own}.
   */
  static List<Poly> index(List<Poly> index, Shape own) {
    List<Poly> result = new ArrayList<>();
    int skipped = index.size() - own.rank();
    for (int i = 0; i < own.rank(); i++) {
      result.add(own.dim(i).is(1) ? Poly.ZERO : index.get(skipped + i));
    }
    return result;
  }

  /** The sum of {@code x} over everything that {@code target} was repeated along. */
  static Value sumTo(GraphBuilder graph, Value x, Shape target) {
    int skipped = x.shape().rank() - target.rank();
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < x.shape().rank(); i++) {
      boolean repeated = i < skipped || target.dim(i - skipped).is(1);
      if (repeated && !x.shape().dim(i).is(1)) {
        dims.add(i);
      }
    }
    return Reshape.to(graph, Reduce.sum(graph, x, dims, true), target);
  }
}
