package dev.cortado.compiler.expr;

import static dev.cortado.compiler.expr.Formula.ONE;
import static dev.cortado.compiler.expr.Formula.ZERO;
import static dev.cortado.compiler.expr.Formula.add;
import static dev.cortado.compiler.expr.Formula.compare;
import static dev.cortado.compiler.expr.Formula.constant;
import static dev.cortado.compiler.expr.Formula.div;
import static dev.cortado.compiler.expr.Formula.exp;
import static dev.cortado.compiler.expr.Formula.isZero;
import static dev.cortado.compiler.expr.Formula.log;
import static dev.cortado.compiler.expr.Formula.mul;
import static dev.cortado.compiler.expr.Formula.neg;
import static dev.cortado.compiler.expr.Formula.pow;
import static dev.cortado.compiler.expr.Formula.select;
import static dev.cortado.compiler.expr.Formula.sqrt;
import static dev.cortado.compiler.expr.Formula.sub;
import static dev.cortado.compiler.expr.Formula.unary;

import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Expr.UnaryOp;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The partial derivative of an element-wise function by one of its arguments, in simplified form.
 * Where a function has a kink the choices are PyTorch's: {@code |x|} has slope 0 at 0, the slope of
 * a maximum or minimum is shared evenly between equal operands, a choice takes the slope of the
 * branch chosen.
 */
public final class Derivative {
  private final int argument;
  private final Map<Expr, Expr> done = new IdentityHashMap<>();

  private Derivative(int argument) {
    this.argument = argument;
  }

  public static Expr of(Expr e, int argument) {
    return new Derivative(argument).by(e);
  }

  private Expr by(Expr e) {
    Expr known = done.get(e);
    if (known == null) {
      known = derive(e);
      done.put(e, known);
    }
    return known;
  }

  private Expr derive(Expr e) {
    return switch (e) {
      case Expr.Arg a -> a.index() == argument ? ONE : ZERO;
      case Expr.Const c -> ZERO;
      case Expr.Load l -> ZERO;
      case Expr.OfInt i -> ZERO;
      case Expr.Random r -> ZERO;
      case Expr.Unary u -> {
        Expr inner = by(u.x());
        yield isZero(inner) ? ZERO : mul(slope(u), inner);
      }
      case Expr.Binary b -> binary(b, by(b.a()), by(b.b()));
      case Expr.Select s -> select(s.cond(), by(s.then()), by(s.otherwise()));
      case Expr.Reduce r -> {
        if (!Occurrences.arguments(r).contains(argument)) {
          yield ZERO;
        }
        throw new IllegalArgumentException("a reduction is not element-wise: " + e);
      }
    };
  }

  private static Expr slope(Expr.Unary u) {
    Expr x = u.x();
    return switch (u.op()) {
      case NEG -> constant(-1);
      case ABS -> unary(UnaryOp.SIGNUM, x);
      case EXP -> u;
      case EXPM1 -> exp(x);
      case LOG -> div(ONE, x);
      case LOG1P -> div(ONE, add(ONE, x));
      case SQRT -> div(constant(0.5), u);
      case CBRT -> div(constant(1.0 / 3), mul(u, u));
      case SIN -> unary(UnaryOp.COS, x);
      case COS -> neg(unary(UnaryOp.SIN, x));
      case TAN -> add(ONE, mul(u, u));
      case ASIN -> div(ONE, sqrt(sub(ONE, mul(x, x))));
      case ACOS -> div(constant(-1), sqrt(sub(ONE, mul(x, x))));
      case ATAN -> div(ONE, add(ONE, mul(x, x)));
      case SINH -> unary(UnaryOp.COSH, x);
      case COSH -> unary(UnaryOp.SINH, x);
      case TANH -> sub(ONE, mul(u, u));
      case ERF -> mul(constant(2 / Math.sqrt(Math.PI)), exp(neg(mul(x, x))));
      case FLOOR, CEIL, RINT, SIGNUM -> ZERO;
    };
  }

  private static Expr binary(Expr.Binary e, Expr da, Expr db) {
    if (isZero(da) && isZero(db)) {
      return ZERO;
    }
    Expr a = e.a();
    Expr b = e.b();
    return switch (e.op()) {
      case ADD -> add(da, db);
      case SUB -> sub(da, db);
      case MUL -> add(mul(da, b), mul(a, db));
      // As (a/b)/b, not a/(b*b), which overflows early.
      case DIV -> sub(div(da, b), mul(div(e, b), db));
      case REM -> sub(da, mul(div(sub(a, e), b), db));
      case MIN -> extreme(Comparison.LT, e, da, db);
      case MAX -> extreme(Comparison.GT, e, da, db);
      case POW -> add(mul(powerSlope(a, b), da), mul(exponentSlope(e), db));
      case ATAN2 -> div(sub(mul(da, b), mul(a, db)), add(mul(a, a), mul(b, b)));
      case HYPOT -> div(add(mul(a, da), mul(b, db)), e);
    };
  }

  private static Expr extreme(Comparison wins, Expr.Binary e, Expr da, Expr db) {
    return select(
        compare(wins, e.a(), e.b()),
        da,
        select(compare(Comparison.EQ, e.a(), e.b()), mul(constant(0.5), add(da, db)), db));
  }

  private static Expr powerSlope(Expr a, Expr b) {
    Expr slope = mul(b, pow(a, sub(b, ONE)));
    // 0 * 0^-1 would be NaN.
    return select(compare(Comparison.EQ, b, ZERO), ZERO, slope);
  }

  private static Expr exponentSlope(Expr.Binary power) {
    // The limit at base 0: 0^b is 0 for every b > 0.
    return select(
        Formula.and(
            compare(Comparison.EQ, power.a(), ZERO), compare(Comparison.GE, power.b(), ZERO)),
        ZERO,
        mul(power, log(power.a())));
  }
}
