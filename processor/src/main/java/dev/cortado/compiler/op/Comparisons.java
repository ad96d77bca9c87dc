package dev.cortado.compiler.op;

import static dev.cortado.compiler.expr.Formula.ONE;
import static dev.cortado.compiler.expr.Formula.ZERO;
import static dev.cortado.compiler.expr.Formula.arg;
import static dev.cortado.compiler.expr.Formula.compare;
import static dev.cortado.compiler.expr.Formula.select;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Expr.Comparison;
import java.util.List;

/**
 * Masks, 1 where a comparison holds and 0 elsewhere, and the choice by a mask. No gradient reaches
 * a mask.
 */
@AutoService(Operation.class)
public final class Comparisons implements Operation {
  @Override
  public List<Binding> bindings() {
    return List.of(
        mask("less", Comparison.LT),
        mask("lessEqual", Comparison.LE),
        mask("greater", Comparison.GT),
        mask("greaterEqual", Comparison.GE),
        mask("equal", Comparison.EQ),
        mask("notEqual", Comparison.NE),
        Scalars.bind("where", select(compare(Comparison.NE, arg(0), ZERO), arg(1), arg(2))));
  }

  private static Binding mask(String method, Comparison comparison) {
    return Scalars.bind(method, select(compare(comparison, arg(0), arg(1)), ONE, ZERO));
  }
}
