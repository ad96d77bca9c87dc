package dev.cortado.compiler.tornado;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.shape.Poly;
import java.util.List;

/**
 * Perfectly nested parallel loops, outermost first, and what they do for one item: a kernel.
 *
 * @param axes empty for what one work item does alone
 */
record Nest(List<Expr.Axis> axes, List<Stmt> body) {
  Nest {
    axes = List.copyOf(axes);
    body = List.copyOf(body);
  }

  /** The number of items. */
  Poly items() {
    return axes.stream().map(Expr.Axis::extent).reduce(Poly.ONE, Poly::times);
  }

  List<LoopVar> variables() {
    return axes.stream().map(Expr.Axis::var).toList();
  }
}
