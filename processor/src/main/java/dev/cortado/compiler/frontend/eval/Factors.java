package dev.cortado.compiler.frontend.eval;

import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/** How the dimensions of a reshaped tensor are products of those it had: {@code [N, 64*5*5]}. */
final class Factors {
  private Factors() {}

  /** One text for each dimension of {@code to}; the dimension itself where it is no product. */
  static List<String> of(Shape from, Shape to) {
    List<String> texts = new ArrayList<>();
    int next = 0;
    for (Poly dim : to.dims()) {
      int end = endOfProduct(from, next, dim);
      if (end < 0) {
        return History.plain(to);
      }
      texts.add(end - next > 1 ? join(from.dims().subList(next, end), dim) : dim.toString());
      next = end;
    }
    return texts;
  }

  /** Where the run of dimensions from {@code start} on ends whose product is {@code dim}, or -1. */
  private static int endOfProduct(Shape from, int start, Poly dim) {
    Poly product = Poly.ONE;
    for (int i = start; i <= from.rank(); i++) {
      if (product.equals(dim) && (i == from.rank() || !from.dim(i).is(1))) {
        return i;
      }
      if (i < from.rank()) {
        product = product.times(from.dim(i));
      }
    }
    return -1;
  }

  private static String join(List<Poly> dims, Poly product) {
    List<String> parts = dims.stream().filter(d -> !d.is(1)).map(Factors::factor).toList();
    return parts.size() > 1 ? String.join("*", parts) : product.toString();
  }

  private static String factor(Poly dim) {
    return dim.terms().size() > 1 ? "(" + dim + ")" : dim.toString();
  }
}
