package dev.cortado.compiler.op;

import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.List;

/** The loops over the planes {@code [H, W]} of {@code [N, C, H, W]}, which threads share out. */
record Plane(LoopVar n, LoopVar c) {
  static Plane create() {
    return new Plane(LoopVar.named("n"), LoopVar.named("c"));
  }

  /** Where the plane starts in a tensor of that shape. */
  Poly of(Shape shape) {
    return Poly.of(n).times(shape.dim(1)).plus(Poly.of(c)).times(shape.dim(2)).times(shape.dim(3));
  }

  Stmt loop(Shape shape, List<Stmt> body) {
    return new Stmt.For(n, shape.dim(0), true, List.of(new Stmt.For(c, shape.dim(1), true, body)));
  }

  /** Fills the plane of {@code target} with zeros. */
  Stmt zero(Operand target, Shape shape) {
    LoopVar i = LoopVar.named("i");
    return new Stmt.For(
        i,
        shape.dim(2).times(shape.dim(3)),
        false,
        List.of(new Stmt.Store(target, of(shape).plus(Poly.of(i)), Formula.ZERO)));
  }
}
