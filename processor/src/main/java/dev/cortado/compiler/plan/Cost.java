package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Rough costs, for choosing between computing again and keeping in memory. An addition costs 1;
 * symbols count as {@value #TYPICAL}.
 */
final class Cost {
  private static final double TYPICAL = 32;

  private final Map<Expr, Double> known = new IdentityHashMap<>();

  /** Of the arithmetic of {@code e}, loads free. */
  double of(Expr e) {
    Double cost = known.get(e);
    if (cost == null) {
      double[] below = {0};
      Expressions.children(e, child -> below[0] += of(child));
      cost =
          switch (e) {
            case Expr.Reduce r ->
                r.axes().stream().mapToDouble(a -> value(a.extent())).reduce(1, (a, b) -> a * b)
                    * (below[0] + 1);
            default -> below[0] + own(e);
          };
      known.put(e, cost);
    }
    return cost;
  }

  private static double own(Expr e) {
    return switch (e) {
      case Expr.Unary u ->
          switch (u.op()) {
            case NEG, ABS, SIGNUM, FLOOR, CEIL, RINT -> 1;
            case SQRT -> 4;
            default -> 20;
          };
      case Expr.Binary b ->
          switch (b.op()) {
            case ADD, SUB, MUL, MIN, MAX -> 1;
            case DIV -> 4;
            case REM, POW, ATAN2, HYPOT -> 30;
          };
      case Expr.Select s -> 1;
      case Expr.Random r -> 8;
      case Expr.OfInt i -> 1;
      case Expr.Const c -> 0;
      case Expr.Arg a -> 0;
      case Expr.Load l -> 0;
      case Expr.Reduce r -> 1;
    };
  }

  /** A polynomial over symbols at typical sizes. */
  static double value(Poly p) {
    double sum = 0;
    for (Poly.Term term : p.terms()) {
      double product = term.coefficient();
      for (Atom atom : term.atoms()) {
        product *=
            switch (atom) {
              case Atom.Quotient q -> Math.floor(value(q.dividend()) / value(q.divisor()));
              case Atom.Remainder r -> value(r.divisor()) / 2;
              case LoopVar v -> 0;
              default -> TYPICAL;
            };
      }
      sum += product;
    }
    return sum;
  }
}
