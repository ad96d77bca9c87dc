package dev.cortado.compiler.expr;

import dev.cortado.compiler.expr.Expr.Binary;
import dev.cortado.compiler.expr.Expr.BinaryOp;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.expr.Expr.Const;
import dev.cortado.compiler.expr.Expr.Select;
import dev.cortado.compiler.expr.Expr.Unary;
import dev.cortado.compiler.expr.Expr.UnaryOp;
import dev.cortado.compiler.shape.Poly;

/**
 * Makes expressions in simplified form: constants are folded, and neutral and absorbing operands
 * vanish.
 *
 * <p>Zero times anything is zero here, even times an infinity: a gradient that a mask cuts off must
 * stay cut off, which is also what PyTorch's {@code where} does.
 */
public final class Formula {
  public static final Expr ZERO = new Const(0);
  public static final Expr ONE = new Const(1);

  private Formula() {}

  public static Expr constant(double value) {
    return new Const(value);
  }

  public static Expr arg(int index) {
    return new Expr.Arg(index);
  }

  /** An integer as a float; a constant when it is one. */
  public static Expr ofInt(Poly value) {
    return value.isConstant() ? new Const(value.constant()) : new Expr.OfInt(value);
  }

  public static Expr add(Expr a, Expr b) {
    if (a instanceof Const x && b instanceof Const y) {
      return new Const(x.value() + y.value());
    }
    if (isZero(a)) {
      return b;
    }
    if (isZero(b)) {
      return a;
    }
    if (b instanceof Unary(UnaryOp op, Expr y) && op == UnaryOp.NEG) {
      return sub(a, y);
    }
    return new Binary(BinaryOp.ADD, a, b);
  }

  public static Expr sub(Expr a, Expr b) {
    if (a instanceof Const x && b instanceof Const y) {
      return new Const(x.value() - y.value());
    }
    if (isZero(b)) {
      return a;
    }
    if (isZero(a)) {
      return neg(b);
    }
    if (b instanceof Unary(UnaryOp op, Expr y) && op == UnaryOp.NEG) {
      return add(a, y);
    }
    return new Binary(BinaryOp.SUB, a, b);
  }

  public static Expr mul(Expr a, Expr b) {
    if (a instanceof Const x && b instanceof Const y) {
      return new Const(x.value() * y.value());
    }
    if (b instanceof Const || (isMask(b) && !isMask(a) && !(a instanceof Const))) {
      return mul(b, a);
    }
    if (a instanceof Const(double c)) {
      return scaled(c, b);
    }
    if (a instanceof Select(Cond cond, Expr then, Expr otherwise) && isMask(a)) {
      return select(cond, mul(then, b), mul(otherwise, b));
    }
    if (a instanceof Unary(UnaryOp op, Expr x) && op == UnaryOp.NEG) {
      return neg(mul(x, b));
    }
    if (b instanceof Unary(UnaryOp op, Expr y) && op == UnaryOp.NEG) {
      return neg(mul(a, y));
    }
    return new Binary(BinaryOp.MUL, a, b);
  }

  private static Expr scaled(double c, Expr x) {
    if (c == 0) {
      return ZERO;
    }
    if (c == 1) {
      return x;
    }
    if (c == -1) {
      return neg(x);
    }
    if (x instanceof Unary(UnaryOp op, Expr y) && op == UnaryOp.NEG) {
      return scaled(-c, y);
    }
    if (x instanceof Binary(BinaryOp op, Expr d, Expr y)
        && op == BinaryOp.MUL
        && d instanceof Const(double inner)) {
      return scaled(c * inner, y);
    }
    if (x instanceof Select(Cond cond, Expr then, Expr otherwise) && isMask(x)) {
      return select(cond, scaled(c, then), scaled(c, otherwise));
    }
    return new Binary(BinaryOp.MUL, new Const(c), x);
  }

  /** A choice between zero or one and something else: multiplying by it is choosing. */
  private static boolean isMask(Expr e) {
    return e instanceof Select s && (isZeroOrOne(s.then()) || isZeroOrOne(s.otherwise()));
  }

  private static boolean isZeroOrOne(Expr e) {
    return e instanceof Const(double c) && (c == 0 || c == 1);
  }

  public static Expr div(Expr a, Expr b) {
    if (a instanceof Const x && b instanceof Const y) {
      return new Const(x.value() / y.value());
    }
    if (isZero(a) || b.equals(ONE)) {
      return a;
    }
    if (a instanceof Unary(UnaryOp op, Expr x) && op == UnaryOp.NEG) {
      return neg(div(x, b));
    }
    return new Binary(BinaryOp.DIV, a, b);
  }

  public static Expr neg(Expr x) {
    return switch (x) {
      case Const(double c) -> new Const(c == 0 ? 0 : -c);
      case Unary(UnaryOp op, Expr y) when op == UnaryOp.NEG -> y;
      case Binary(BinaryOp op, Expr a, Expr b) when op == BinaryOp.SUB -> sub(b, a);
      case Binary(BinaryOp op, Expr a, Expr b) when op == BinaryOp.MUL && a instanceof Const c ->
          scaled(-c.value(), b);
      default -> new Unary(UnaryOp.NEG, x);
    };
  }

  /** {@code x} to the power {@code y}; small constant powers become products and roots. */
  public static Expr pow(Expr x, Expr y) {
    if (y instanceof Const(double p) && !(x instanceof Const)) {
      if (p == 0) {
        return ONE;
      }
      if (p == 1) {
        return x;
      }
      if (p == 2) {
        return mul(x, x);
      }
      if (p == 3) {
        return mul(mul(x, x), x);
      }
      if (p == 0.5) {
        return unary(UnaryOp.SQRT, x);
      }
      if (p == -1 || p == -2 || p == -0.5) {
        return div(ONE, pow(x, new Const(-p)));
      }
    }
    return folded(BinaryOp.POW, x, y);
  }

  public static Expr min(Expr a, Expr b) {
    return folded(BinaryOp.MIN, a, b);
  }

  public static Expr max(Expr a, Expr b) {
    return folded(BinaryOp.MAX, a, b);
  }

  public static Expr binary(BinaryOp op, Expr a, Expr b) {
    return switch (op) {
      case ADD -> add(a, b);
      case SUB -> sub(a, b);
      case MUL -> mul(a, b);
      case DIV -> div(a, b);
      case POW -> pow(a, b);
      case REM, MIN, MAX, ATAN2, HYPOT -> folded(op, a, b);
    };
  }

  private static Expr folded(BinaryOp op, Expr a, Expr b) {
    return a instanceof Const x && b instanceof Const y
        ? new Const(Scalar.apply(op, x.value(), y.value()))
        : new Binary(op, a, b);
  }

  public static Expr unary(UnaryOp op, Expr x) {
    if (op == UnaryOp.NEG) {
      return neg(x);
    }
    return x instanceof Const(double c) ? new Const(Scalar.apply(op, c)) : new Unary(op, x);
  }

  public static Expr exp(Expr x) {
    return unary(UnaryOp.EXP, x);
  }

  public static Expr log(Expr x) {
    return unary(UnaryOp.LOG, x);
  }

  public static Expr sqrt(Expr x) {
    return unary(UnaryOp.SQRT, x);
  }

  public static Expr tanh(Expr x) {
    return unary(UnaryOp.TANH, x);
  }

  public static Expr abs(Expr x) {
    return unary(UnaryOp.ABS, x);
  }

  public static Expr select(Cond cond, Expr then, Expr otherwise) {
    if (cond instanceof Cond.Always(boolean value)) {
      return value ? then : otherwise;
    }
    if (then.equals(otherwise)) {
      return then;
    }
    return new Select(cond, then, otherwise);
  }

  public static Cond compare(Comparison op, Expr a, Expr b) {
    return a instanceof Const x && b instanceof Const y
        ? new Cond.Always(Scalar.apply(op, x.value(), y.value()))
        : new Cond.Compare(op, a, b);
  }

  public static Cond compare(Comparison op, Poly a, Poly b) {
    Poly difference = a.minus(b);
    return difference.isConstant()
        ? new Cond.Always(Scalar.apply(op, difference.constant(), 0))
        : new Cond.CompareInt(op, a, b);
  }

  public static Cond and(Cond a, Cond b) {
    if (a instanceof Cond.Always(boolean value)) {
      return value ? b : a;
    }
    if (b instanceof Cond.Always(boolean value)) {
      return value ? a : b;
    }
    return new Cond.And(a, b);
  }

  public static Cond or(Cond a, Cond b) {
    if (a instanceof Cond.Always(boolean value)) {
      return value ? a : b;
    }
    if (b instanceof Cond.Always(boolean value)) {
      return value ? b : a;
    }
    return new Cond.Or(a, b);
  }

  public static Cond not(Cond a) {
    return switch (a) {
      case Cond.Always(boolean value) -> new Cond.Always(!value);
      case Cond.Not(Cond inner) -> inner;
      default -> new Cond.Not(a);
    };
  }

  public static boolean isZero(Expr e) {
    return e instanceof Const(double c) && c == 0;
  }
}
