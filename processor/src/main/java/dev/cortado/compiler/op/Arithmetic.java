package dev.cortado.compiler.op;

import static dev.cortado.compiler.expr.Formula.ONE;
import static dev.cortado.compiler.expr.Formula.arg;
import static dev.cortado.compiler.expr.Formula.compare;
import static dev.cortado.compiler.expr.Formula.select;
import static dev.cortado.compiler.expr.Formula.sqrt;
import static dev.cortado.compiler.expr.Formula.unary;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Expr.UnaryOp;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Value;
import java.util.List;

/** Arithmetic element by element, and the functions of one number that come with it. */
@AutoService(Operation.class)
public final class Arithmetic implements Operation {
  private static final Expr X = arg(0);
  private static final Expr Y = arg(1);
  private static final Expr ADD = new Expr.Binary(Expr.BinaryOp.ADD, X, Y);
  private static final Expr SUB = new Expr.Binary(Expr.BinaryOp.SUB, X, Y);
  private static final Expr MUL = new Expr.Binary(Expr.BinaryOp.MUL, X, Y);
  private static final Expr DIV = new Expr.Binary(Expr.BinaryOp.DIV, X, Y);

  @Override
  public List<Binding> bindings() {
    return List.of(
        Scalars.bind("add", ADD),
        Scalars.bind("sub", SUB),
        Scalars.bind("mul", MUL),
        Scalars.bind("div", DIV),
        Scalars.bind("pow", new Expr.Binary(Expr.BinaryOp.POW, X, Y)),
        Scalars.bind("maximum", Formula.max(X, Y)),
        Scalars.bind("minimum", Formula.min(X, Y)),
        Scalars.bind("neg", Formula.neg(X)),
        Scalars.bind("abs", Formula.abs(X)),
        Scalars.bind("exp", Formula.exp(X)),
        Scalars.bind("log", Formula.log(X)),
        Scalars.bind("log1p", unary(UnaryOp.LOG1P, X)),
        Scalars.bind("sqrt", sqrt(X)),
        Scalars.bind("rsqrt", Formula.div(ONE, sqrt(X))),
        new Binding("clamp", Arithmetic::clamp));
  }

  private static Argument clamp(Call call) {
    double low = call.number(1);
    double high = call.number(2);
    if (!(low <= high)) {
      throw new OpError(
          "clamp-bounds",
          "clamp: the lower bound must not be above the upper one, but they are "
              + low
              + " and "
              + high);
    }
    return Scalars.bind("clamp", clamp(X, Y, arg(2))).rule().stage(call);
  }

  /** As choices, so that the slope at both bounds is 1, as in PyTorch, and NaN stays NaN. */
  private static Expr clamp(Expr x, Expr low, Expr high) {
    return select(
        compare(Comparison.GT, x, high), high, select(compare(Comparison.LT, x, low), low, x));
  }

  public static Value add(GraphBuilder graph, Value a, Value b) {
    return Elementwise.of(graph, "add", ADD, a, b);
  }

  public static Value sub(GraphBuilder graph, Value a, Value b) {
    return Elementwise.of(graph, "sub", SUB, a, b);
  }

  public static Value mul(GraphBuilder graph, Value a, Value b) {
    return Elementwise.of(graph, "mul", MUL, a, b);
  }

  public static Value div(GraphBuilder graph, Value a, Value b) {
    return Elementwise.of(graph, "div", DIV, a, b);
  }

  static Value scale(GraphBuilder graph, Value x, double factor) {
    return Elementwise.of(graph, "mul", Formula.mul(Formula.constant(factor), X), x);
  }

  static Value exp(GraphBuilder graph, Value x) {
    return Elementwise.of(graph, "exp", Formula.exp(X), x);
  }

  static Value log(GraphBuilder graph, Value x) {
    return Elementwise.of(graph, "log", Formula.log(X), x);
  }
}
