package dev.cortado.compiler.frontend.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Scalar;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.op.Elementwise;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Scalar functions given to {@code map}: the formula is worth what the function returns. */
class MapTest {
  private static final double[] POINTS = {-7.5, -2, -1, -0.3, 0, 0.2, 1, 1.5, 2, 9};

  @Test
  void formulasAreWorthWhatTheFunctionReturns() {
    check("v * v * v + 7 / 2", v -> v * v * v + 3);
    check("v > 0 ? v : 0.5f * v", v -> v > 0 ? v : 0.5 * v);
    check("v / (1 + Math.exp(-v))", v -> v / (1 + Math.exp(-v)));
    check(
        "Math.pow(v, 2) + Math.max(v, 1) - Math.abs(v)", v -> v * v + Math.max(v, 1) - Math.abs(v));
    check("(float) Math.tanh((double) v)", Math::tanh);
    check("Math.clamp(v, -1f, 1f)", v -> Math.min(1, Math.max(-1, v)));
    check("v > -1 && v < 1 || v == 2 ? 1 : 0", v -> (v > -1 && v < 1) || v == 2 ? 1 : 0);
    check("!(v > 0) ^ v > 1 ? 3 : 4", v -> (!(v > 0) ^ v > 1) ? 3 : 4);
    check("v % 2 - -v", v -> v % 2 + v);
    check("Math.fma(v, v, 1f) + Math.floor(v)", v -> v * v + 1 + Math.floor(v));
  }

  @Test
  void bodiesWithStatementsAndEarlyReturns() {
    String helper =
        """
        static final float SLOPE = 0.25f;
        static float clip(float v, float high) {
          if (v > high) {
            return high;
          }
          float w = v;
          if (w < 0) {
            if (w < -5) {
              return -5;
            }
            w = w * SLOPE;
          } else if (w > 1 && v < 2) {
            w += 1;
          }
          return w;
        }
        """;
    check(
        helper,
        "{ double t = 0; for (int i = 1; i <= 3; i++) { t += Math.pow(v, i) / i; }"
            + " return t + clip(v, 5); }",
        v -> v + v * v / 2 + v * v * v / 3 + clip(v));
  }

  private static double clip(double v) {
    if (v > 5) {
      return 5;
    }
    if (v < -5) {
      return -5;
    }
    return v < 0 ? v * 0.25 : v > 1 && v < 2 ? v + 1 : v;
  }

  private static void check(String body, DoubleUnaryOperator expected) {
    check("", body, expected);
  }

  private static void check(String members, String body, DoubleUnaryOperator expected) {
    Elementwise function =
        elementwise(
            members
                + "Tensor forward(@Shape(\"N\") Tensor x) { return map(v -> "
                + body
                + ", x); }");
    for (double point : POINTS) {
      assertThat(value(function.body(), point))
          .as(body + " at " + point)
          .isCloseTo(expected.applyAsDouble(point), Offset.offset(1e-9));
    }
  }

  @Test
  void namesOfFunctions() {
    String swish = "double swish(float v) { return v / (1 + Math.exp(-v)); }\n";
    assertThat(elementwise(swish + forward("map(this::swish, x)")).label()).isEqualTo("swish");
    assertThat(elementwise(forward("map(Math::tanh, x)")).label()).isEqualTo("tanh");
    assertThat(
            elementwise(
                    "static class Swish { double beta = 2; double forward(float v) { return v *"
                        + " beta; } }\n"
                        + "final Swish swish = new Swish();\n"
                        + forward("map(swish::forward, x)"))
                .label())
        .isEqualTo("swish");
    assertThat(elementwise(forward("map(v -> v * 2, x)")).label()).isEqualTo("map");
  }

  @Test
  void severalTensorsAndParameters() {
    var graph =
        Programs.stage(
            Programs.model(
                "@Param final Tensor scale = ones(3, 1);\n"
                    + "Tensor forward(@Shape(\"N, 3, 4\") Tensor x) {\n"
                    + "  return map((a, b) -> a > b ? a : 0.1f * b, x, scale); }"));
    assertThat(Programs.print(graph)).endsWith("%2 = map(%1, %0) : [N, 3, 4]");
  }

  private static String forward(String expression) {
    return "Tensor forward(@Shape(\"N\") Tensor x) { return " + expression + "; }";
  }

  private static Elementwise elementwise(String members) {
    for (Node node : Programs.stage(Programs.model(members)).graph().nodes()) {
      if (node.op() instanceof Elementwise e) {
        return e;
      }
    }
    throw new AssertionError("no element-wise node");
  }

  private static double value(Expr e, double x) {
    return switch (e) {
      case Expr.Const(double c) -> c;
      case Expr.Arg(int i) -> x;
      case Expr.Unary(var op, Expr a) -> Scalar.apply(op, value(a, x));
      case Expr.Binary(var op, Expr a, Expr b) -> Scalar.apply(op, value(a, x), value(b, x));
      case Expr.Select(var cond, Expr a, Expr b) -> holds(cond, x) ? value(a, x) : value(b, x);
      default -> throw new AssertionError(e);
    };
  }

  private static boolean holds(Expr.Cond cond, double x) {
    return switch (cond) {
      case Expr.Cond.Compare(var op, Expr a, Expr b) -> Scalar.apply(op, value(a, x), value(b, x));
      case Expr.Cond.And(var a, var b) -> holds(a, x) && holds(b, x);
      case Expr.Cond.Or(var a, var b) -> holds(a, x) || holds(b, x);
      case Expr.Cond.Not(var a) -> !holds(a, x);
      case Expr.Cond.Always(boolean v) -> v;
      default -> throw new AssertionError(cond);
    };
  }
}
