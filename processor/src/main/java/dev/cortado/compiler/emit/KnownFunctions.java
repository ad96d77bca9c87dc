package dev.cortado.compiler.emit;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.BinaryOp;
import dev.cortado.compiler.expr.Expr.UnaryOp;
import org.jspecify.annotations.Nullable;

/** Expressions that {@link dev.cortado.kernel.Strip} has one operation for. */
final class KnownFunctions {
  /** An operation of {@code Strip} and what it is applied to. */
  record Application(String operation, Expr argument) {}

  private static final double ROOT_HALF = Math.sqrt(0.5);

  /** Twice the density of the normal distribution at 0. */
  private static final double TWICE_DENSITY = Math.sqrt(2 / Math.PI);

  private KnownFunctions() {}

  /** What the expression is as one operation; null when it is none. */
  static @Nullable Application of(Expr.Binary e) {
    Expr x =
        switch (e.op()) {
          case DIV -> sigmoid(e);
          case MUL -> gelu(e);
          case ADD -> geluDerivative(e);
          default -> null;
        };
    if (x == null) {
      return null;
    }
    String operation =
        switch (e.op()) {
          case DIV -> "sigmoid";
          case MUL -> "gelu";
          default -> "geluDerivative";
        };
    return new Application(operation, x);
  }

  /** {@code 1 / (1 + exp(-x))}. */
  private static @Nullable Expr sigmoid(Expr.Binary e) {
    Expr exp = is(e.a(), 1) ? other(e.b(), BinaryOp.ADD, 1) : null;
    return argument(UnaryOp.NEG, argument(UnaryOp.EXP, exp));
  }

  /** {@code 0.5 x (1 + erf(x sqrt(0.5)))}. */
  private static @Nullable Expr gelu(Expr.Binary e) {
    Expr x = gelu(e.a(), e.b());
    return x != null ? x : gelu(e.b(), e.a());
  }

  private static @Nullable Expr gelu(Expr half, Expr phi) {
    Expr x = other(half, BinaryOp.MUL, 0.5);
    return x != null && x.equals(scaled(argument(UnaryOp.ERF, other(phi, BinaryOp.ADD, 1))))
        ? x
        : null;
  }

  /** {@code 0.5 (1 + erf(u)) + 0.5 x exp(-u u) sqrt(2 / pi)}, where {@code u = x sqrt(0.5)}. */
  private static @Nullable Expr geluDerivative(Expr.Binary e) {
    Expr x = geluDerivative(e.a(), e.b());
    return x != null ? x : geluDerivative(e.b(), e.a());
  }

  private static @Nullable Expr geluDerivative(Expr cumulative, Expr rest) {
    Expr phi = other(cumulative, BinaryOp.MUL, 0.5);
    Expr u = argument(UnaryOp.ERF, phi == null ? null : other(phi, BinaryOp.ADD, 1));
    Expr x = scaled(u);
    if (x == null || !(rest instanceof Expr.Binary(var op, Expr a, Expr b)) || op != BinaryOp.MUL) {
      return null;
    }
    return (isHalf(a, x) && isDensity(b, u)) || (isHalf(b, x) && isDensity(a, u)) ? x : null;
  }

  private static boolean isHalf(Expr e, Expr x) {
    return x.equals(other(e, BinaryOp.MUL, 0.5));
  }

  private static boolean isDensity(Expr e, @Nullable Expr u) {
    Expr square =
        argument(UnaryOp.NEG, argument(UnaryOp.EXP, other(e, BinaryOp.MUL, TWICE_DENSITY)));
    return square instanceof Expr.Binary(var op, Expr a, Expr b)
        && op == BinaryOp.MUL
        && a.equals(u)
        && b.equals(u);
  }

  private static @Nullable Expr scaled(@Nullable Expr u) {
    return u == null ? null : other(u, BinaryOp.MUL, ROOT_HALF);
  }

  /** The other operand of a commutative operation with a constant. */
  private static @Nullable Expr other(Expr e, BinaryOp wanted, double constant) {
    if (!(e instanceof Expr.Binary(var op, Expr a, Expr b)) || op != wanted) {
      return null;
    }
    return is(a, constant) ? b : is(b, constant) ? a : null;
  }

  private static @Nullable Expr argument(UnaryOp wanted, @Nullable Expr e) {
    return e instanceof Expr.Unary(var op, Expr x) && op == wanted ? x : null;
  }

  private static boolean is(Expr e, double constant) {
    return e instanceof Expr.Const(double value) && (float) value == (float) constant;
  }
}
