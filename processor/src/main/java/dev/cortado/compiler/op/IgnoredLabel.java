package dev.cortado.compiler.op;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.shape.Poly;
import org.jspecify.annotations.Nullable;

/** The label that is not counted. */
final class IgnoredLabel {
  private IgnoredLabel() {}

  /** Whether {@code label} is another than {@code except}; always, without an exception. */
  static Expr.Cond counts(Poly label, @Nullable Integer except) {
    return except == null
        ? new Expr.Cond.Always(true)
        : Formula.compare(Comparison.NE, label, Poly.of(except));
  }
}
