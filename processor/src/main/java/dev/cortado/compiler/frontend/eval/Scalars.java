package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.Tree;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.BinaryOp;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.expr.Expr.UnaryOp;
import dev.cortado.compiler.expr.Formula;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Operators and {@code Math} functions on the elements that a function given to {@code map} sees.
 */
final class Scalars {
  private Scalars() {}

  /** The value as an expression; null when it is no number. */
  static @Nullable Expr expr(Val value) {
    return switch (value) {
      case Val.Scalar(Expr e) -> e;
      case Val.Symbolic(var poly, boolean wide) -> Formula.ofInt(poly);
      case Val.Constant(Number n) -> Formula.constant(n.doubleValue());
      case Val.Constant(Character c) -> Formula.constant(c);
      default -> null;
    };
  }

  /** The value as a condition; null when it is no boolean. */
  static @Nullable Cond cond(Val value) {
    return switch (value) {
      case Val.Test(Cond c) -> c;
      case Val.Constant(Boolean b) -> new Cond.Always(b);
      default -> null;
    };
  }

  /** {@code a op b}; null when the operator has no meaning on elements. */
  static @Nullable Val binary(Tree.Kind op, Val a, Val b) {
    Cond p = cond(a);
    Cond q = cond(b);
    if (p != null && q != null) {
      return logical(op, p, q);
    }
    Expr x = expr(a);
    Expr y = expr(b);
    if (x == null || y == null) {
      return null;
    }
    return switch (op) {
      case PLUS -> Val.of(Formula.add(x, y));
      case MINUS -> Val.of(Formula.sub(x, y));
      case MULTIPLY -> Val.of(Formula.mul(x, y));
      case DIVIDE -> Val.of(Formula.div(x, y));
      case REMAINDER -> Val.of(Formula.binary(BinaryOp.REM, x, y));
      case LESS_THAN -> Val.of(Formula.compare(Comparison.LT, x, y));
      case LESS_THAN_EQUAL -> Val.of(Formula.compare(Comparison.LE, x, y));
      case GREATER_THAN -> Val.of(Formula.compare(Comparison.GT, x, y));
      case GREATER_THAN_EQUAL -> Val.of(Formula.compare(Comparison.GE, x, y));
      case EQUAL_TO -> Val.of(Formula.compare(Comparison.EQ, x, y));
      case NOT_EQUAL_TO -> Val.of(Formula.compare(Comparison.NE, x, y));
      default -> null;
    };
  }

  private static @Nullable Val logical(Tree.Kind op, Cond a, Cond b) {
    return switch (op) {
      case AND, CONDITIONAL_AND -> Val.of(Formula.and(a, b));
      case OR, CONDITIONAL_OR -> Val.of(Formula.or(a, b));
      case XOR, NOT_EQUAL_TO -> Val.of(exclusive(a, b));
      case EQUAL_TO -> Val.of(Formula.not(exclusive(a, b)));
      default -> null;
    };
  }

  private static Cond exclusive(Cond a, Cond b) {
    return Formula.or(Formula.and(a, Formula.not(b)), Formula.and(Formula.not(a), b));
  }

  static @Nullable Val unary(Tree.Kind op, Val a) {
    return switch (a) {
      case Val.Test(Cond c) when op == Tree.Kind.LOGICAL_COMPLEMENT -> Val.of(Formula.not(c));
      case Val.Scalar(Expr e) when op == Tree.Kind.UNARY_MINUS -> Val.of(Formula.neg(e));
      case Val.Scalar s when op == Tree.Kind.UNARY_PLUS -> a;
      default -> null;
    };
  }

  /** One value or the other; null when they are neither numbers nor booleans nor the same. */
  static @Nullable Val select(Cond cond, Val then, Val otherwise) {
    if (then.equals(otherwise)) {
      return then;
    }
    Cond p = cond(then);
    Cond q = cond(otherwise);
    if (p != null && q != null) {
      return Val.of(Formula.or(Formula.and(cond, p), Formula.and(Formula.not(cond), q)));
    }
    Expr x = expr(then);
    Expr y = expr(otherwise);
    return x == null || y == null ? null : Val.of(Formula.select(cond, x, y));
  }

  /** A static method of {@code Math}; null when it has no meaning on elements. */
  static @Nullable Val math(String method, List<Val> arguments) {
    Expr[] x = new Expr[arguments.size()];
    for (int i = 0; i < x.length; i++) {
      Expr argument = expr(arguments.get(i));
      if (argument == null) {
        return null;
      }
      x[i] = argument;
    }
    Expr result =
        switch (x.length) {
          case 1 -> function(method, x[0]);
          case 2 -> function(method, x[0], x[1]);
          case 3 -> function(method, x[0], x[1], x[2]);
          default -> null;
        };
    return result == null ? null : Val.of(result);
  }

  private static @Nullable Expr function(String method, Expr x) {
    return switch (method) {
      case "log10" -> Formula.div(Formula.log(x), Formula.constant(Math.log(10)));
      case "toRadians" -> Formula.mul(Formula.constant(Math.PI / 180), x);
      case "toDegrees" -> Formula.mul(Formula.constant(180 / Math.PI), x);
      default -> {
        for (UnaryOp op : UnaryOp.values()) {
          if (op != UnaryOp.NEG
              && op != UnaryOp.ERF
              && op.name().toLowerCase(Locale.ROOT).equals(method)) {
            yield Formula.unary(op, x);
          }
        }
        yield null;
      }
    };
  }

  private static @Nullable Expr function(String method, Expr x, Expr y) {
    return switch (method) {
      case "min" -> Formula.min(x, y);
      case "max" -> Formula.max(x, y);
      case "pow" -> Formula.pow(x, y);
      case "atan2" -> Formula.binary(BinaryOp.ATAN2, x, y);
      case "hypot" -> Formula.binary(BinaryOp.HYPOT, x, y);
      default -> null;
    };
  }

  private static @Nullable Expr function(String method, Expr x, Expr y, Expr z) {
    return switch (method) {
      case "fma" -> Formula.add(Formula.mul(x, y), z);
      case "clamp" -> Formula.max(y, Formula.min(x, z));
      default -> null;
    };
  }

  /** For messages. */
  static String text(Expr e) {
    return e instanceof Expr.Arg(int index) ? "argument " + (index + 1) : "it";
  }
}
