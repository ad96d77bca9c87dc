package dev.cortado.compiler.op;

import static dev.cortado.compiler.expr.Formula.ONE;
import static dev.cortado.compiler.expr.Formula.ZERO;
import static dev.cortado.compiler.expr.Formula.add;
import static dev.cortado.compiler.expr.Formula.arg;
import static dev.cortado.compiler.expr.Formula.compare;
import static dev.cortado.compiler.expr.Formula.constant;
import static dev.cortado.compiler.expr.Formula.div;
import static dev.cortado.compiler.expr.Formula.mul;
import static dev.cortado.compiler.expr.Formula.select;
import static dev.cortado.compiler.expr.Formula.sqrt;
import static dev.cortado.compiler.expr.Formula.sub;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Formula;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives written by the function's value. They cost no second exponential, and the backward
 * pass needs only the activation, which the next layer keeps anyway, not what went into it.
 */
final class OutputSlopes {
  private static final Expr Y = arg(1);

  private static final Map<Expr, Expr> SLOPES =
      Map.of(
          Activations.RELU,
          select(compare(Comparison.GT, Y, ZERO), ONE, ZERO),
          Activations.SIGMOID,
          mul(Y, sub(ONE, Y)),
          Activations.ELU,
          select(compare(Comparison.GT, Y, ZERO), ONE, add(Y, ONE)),
          Formula.tanh(arg(0)),
          sub(ONE, mul(Y, Y)),
          Formula.exp(arg(0)),
          Y,
          sqrt(arg(0)),
          div(constant(0.5), Y));

  private OutputSlopes() {}

  /** The slope over {@code Arg(1)}, the value; null when none is known for {@code body}. */
  static @Nullable Expr of(Expr body) {
    return SLOPES.get(body);
  }
}
