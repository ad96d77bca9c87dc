package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.Tree;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Arithmetic on sizes that are known only at run time: they stay polynomials. */
final class Symbolics {
  /** The dimension that may be 0; every other one is at least 1. */
  private final @Nullable String batch;

  Symbolics(@Nullable String batch) {
    this.batch = batch;
  }

  static @Nullable Poly poly(Val value) {
    return switch (value) {
      case Val.Symbolic(Poly p, boolean wide) -> p;
      case Val.Constant(Object box) when box instanceof Double || box instanceof Float -> null;
      case Val.Constant(Number n) -> Poly.of(n.longValue());
      case Val.Constant(Character c) -> Poly.of(c);
      default -> null;
    };
  }

  /** {@code a op b} on integers; null when the operator does not keep a polynomial. */
  @Nullable Val binary(Tree.Kind op, Val a, Val b) {
    Poly x = poly(a);
    Poly y = poly(b);
    if (x == null || y == null) {
      return null;
    }
    boolean wide = isWide(a) || isWide(b);
    return switch (op) {
      case PLUS -> of(x.plus(y), wide);
      case MINUS -> of(x.minus(y), wide);
      case MULTIPLY -> of(x.times(y), wide);
      case DIVIDE -> y.isZero() ? null : of(x.floorDiv(y), wide);
      case REMAINDER -> y.isZero() ? null : of(x.mod(y), wide);
      case LESS_THAN -> compare(Comparison.LT, x, y);
      case LESS_THAN_EQUAL -> compare(Comparison.LE, x, y);
      case GREATER_THAN -> compare(Comparison.GT, x, y);
      case GREATER_THAN_EQUAL -> compare(Comparison.GE, x, y);
      case EQUAL_TO -> compare(Comparison.EQ, x, y);
      case NOT_EQUAL_TO -> compare(Comparison.NE, x, y);
      default -> null;
    };
  }

  static @Nullable Val unary(Tree.Kind op, Val.Symbolic a) {
    return switch (op) {
      case UNARY_MINUS -> of(a.value().times(-1), a.wide());
      case UNARY_PLUS -> a;
      default -> null;
    };
  }

  static Val of(Poly value, boolean wide) {
    if (!value.isConstant()) {
      return new Val.Symbolic(value, wide);
    }
    return wide ? Val.of((Object) value.constant()) : Val.of((Object) (int) value.constant());
  }

  private static boolean isWide(Val value) {
    return value instanceof Val.Symbolic s ? s.wide() : value instanceof Val.Constant(Long l);
  }

  private Val compare(Comparison op, Poly a, Poly b) {
    Poly difference = a.minus(b);
    OptionalLong low = bound(difference, 1);
    OptionalLong high = bound(difference, -1);
    boolean positive = low.isPresent() && low.getAsLong() > 0;
    boolean notNegative = low.isPresent() && low.getAsLong() >= 0;
    boolean negative = high.isPresent() && high.getAsLong() < 0;
    boolean notPositive = high.isPresent() && high.getAsLong() <= 0;
    return switch (op) {
      case LT -> decided(negative, notNegative, op, a, b);
      case LE -> decided(notPositive, positive, op, a, b);
      case GT -> decided(positive, notPositive, op, a, b);
      case GE -> decided(notNegative, negative, op, a, b);
      case EQ -> decided(difference.isZero(), positive || negative, op, a, b);
      case NE -> decided(positive || negative, difference.isZero(), op, a, b);
    };
  }

  private static Val decided(boolean yes, boolean no, Comparison op, Poly a, Poly b) {
    return yes || no ? Val.of(yes) : Val.of(Formula.compare(op, a, b));
  }

  /**
   * What the polynomial is at least (sign 1) or at most (sign -1), when all its symbols have
   * coefficients of that sign: it is smallest where they are.
   */
  private OptionalLong bound(Poly p, int sign) {
    long sum = 0;
    for (Poly.Term term : p.terms()) {
      if (!term.atoms().isEmpty() && Long.signum(term.coefficient()) != sign) {
        return OptionalLong.empty();
      }
      long least = 1;
      for (Atom atom : term.atoms()) {
        boolean atLeastOne = atom instanceof Atom.Symbol(String name) && !name.equals(batch);
        least = atLeastOne ? least : 0;
      }
      sum += term.coefficient() * least;
    }
    return OptionalLong.of(sum);
  }
}
