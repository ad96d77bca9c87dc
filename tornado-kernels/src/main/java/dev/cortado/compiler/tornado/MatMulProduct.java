package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.graph.Lowering.Contraction.MatMul;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.shape.Poly;

/** The product that {@code op(A) op(B)} is. */
final class MatMulProduct {
  private MatMulProduct() {}

  static Product of(MatMul m, Buffer a, Buffer b, Buffer out) {
    Factor left = new Matrix(a, m.batchedA(), !m.transposeA(), m.m(), m.k());
    Factor right = new Matrix(b, m.batchedB(), m.transposeB(), m.n(), m.k());
    boolean batched = m.batchedA() || m.batchedB();
    return new Product(
        m.batch(),
        m.m(),
        m.n(),
        m.k(),
        left,
        right,
        (text, batch, row, column) -> {
          String line = batched ? index(text, batch, m.m(), row) : row;
          return new Product.Place(
              new Lines(), text.element(out, index(text, line, m.n(), column)));
        },
        (text, batch, row, column) -> column);
  }

  /** {@code outer * size + inner}. */
  static String index(KernelText text, String outer, Poly size, String inner) {
    if (size.is(1)) {
      return outer.equals("0") ? inner : outer + " + " + inner;
    }
    String factor = outer.indexOf(' ') < 0 ? outer : "(" + outer + ")";
    return factor + " * " + text.factor(size) + " + " + inner;
  }

  /** A row-major matrix, or one for each product. */
  private record Matrix(
      Buffer buffer, boolean batched, boolean isContiguousInSteps, Poly outers, Poly steps)
      implements Factor {
    @Override
    public Read at(KernelText text, String batch, String outer, String step) {
      Poly lines = isContiguousInSteps ? outers : steps;
      Poly length = isContiguousInSteps ? steps : outers;
      String line = isContiguousInSteps ? outer : step;
      String inLine = isContiguousInSteps ? step : outer;
      String all = batched ? index(text, batch, lines, line) : line;
      return Read.always(text.element(buffer, index(text, all, length, inLine)));
    }
  }
}
