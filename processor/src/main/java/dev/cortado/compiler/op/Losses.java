package dev.cortado.compiler.op;

import static dev.cortado.compiler.expr.Formula.ONE;
import static dev.cortado.compiler.expr.Formula.ZERO;
import static dev.cortado.compiler.expr.Formula.add;
import static dev.cortado.compiler.expr.Formula.arg;
import static dev.cortado.compiler.expr.Formula.compare;
import static dev.cortado.compiler.expr.Formula.constant;
import static dev.cortado.compiler.expr.Formula.exp;
import static dev.cortado.compiler.expr.Formula.log;
import static dev.cortado.compiler.expr.Formula.max;
import static dev.cortado.compiler.expr.Formula.mul;
import static dev.cortado.compiler.expr.Formula.neg;
import static dev.cortado.compiler.expr.Formula.select;
import static dev.cortado.compiler.expr.Formula.sub;
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

/**
 * Losses that are the mean of a formula over all elements, by PyTorch's definitions, and cosine
 * similarity. Losses never broadcast: shapes that only happen to fit are a common and silent
 * mistake.
 */
@AutoService(Operation.class)
public final class Losses implements Operation {
  private static final Expr X = arg(0);
  private static final Expr T = arg(1);

  @Override
  public List<Binding> bindings() {
    return List.of(
        mean("mse", squared(sub(X, T))),
        mean("mae", Formula.abs(sub(X, T))),
        mean("binaryCrossEntropyWithLogits", binaryCrossEntropy()),
        mean("klDivergence", klDivergence()),
        mean("hinge", hinge()),
        new Binding("huber", c -> huber(c)),
        new Binding("cosineSimilarity", Losses::cosineSimilarity));
  }

  private static Binding mean(String method, Expr formula) {
    return new Binding(method, call -> mean(call, formula));
  }

  private static Argument mean(Call call, Expr formula) {
    Value x = call.tensor(0);
    sameShape(call, x, call.tensor(1));
    GraphBuilder graph = call.graph();
    Value each = Elementwise.of(graph, call.method(), formula, x, call.tensor(1));
    return new Argument.Tensor(Reduce.mean(graph, each, Permute.identity(x.shape().rank()), false));
  }

  static void sameShape(Call call, Value x, Value target) {
    if (!x.shape().equals(target.shape())) {
      throw new OpError(
          "loss-shape",
          call.method()
              + ": both must have the same shape, but "
              + call.text(0)
              + " is "
              + x.shape()
              + " and "
              + call.text(1)
              + " is "
              + target.shape()
              + "; losses do not broadcast, reshape one of them");
    }
  }

  private static Expr squared(Expr e) {
    return mul(e, e);
  }

  /**
   * {@code max(x, 0) - x t + log(1 + exp(-|x|))}, written as {@code (1 - t) x + softplus(-x)} on
   * two branches so that its slope {@code sigmoid(x) - t} is right at 0 and never overflows.
   */
  private static Expr binaryCrossEntropy() {
    Expr above = add(mul(sub(ONE, T), X), unary(UnaryOp.LOG1P, exp(neg(X))));
    Expr below = sub(unary(UnaryOp.LOG1P, exp(X)), mul(T, X));
    return select(compare(Comparison.GE, X, ZERO), above, below);
  }

  private static Expr klDivergence() {
    return select(compare(Comparison.EQ, T, ZERO), ZERO, mul(T, sub(log(T), X)));
  }

  /** As a choice, so that the slope at the margin is 0, as of a relu. */
  private static Expr hinge() {
    Expr margin = sub(ONE, mul(T, X));
    return select(compare(Comparison.LE, margin, ZERO), ZERO, margin);
  }

  private static Argument huber(Call call) {
    double delta = call.arity() > 2 ? call.number(2) : 1;
    if (!(delta > 0)) {
      throw new OpError("huber-delta", "huber: delta must be positive, but is " + delta);
    }
    Expr distance = sub(X, T);
    Expr far = mul(constant(delta), sub(Formula.abs(distance), constant(delta / 2)));
    return mean(
        call,
        select(
            compare(Comparison.LT, Formula.abs(distance), constant(delta)),
            mul(constant(0.5), squared(distance)),
            far));
  }

  /** {@code a b / (max(|a|, 1e-8) max(|b|, 1e-8))} along a dimension, which is dropped. */
  private static Argument cosineSimilarity(Call call) {
    Value a = call.tensor(0);
    Value b = call.tensor(1);
    sameShape(call, a, b);
    int dim = Dims.index(call.method(), call.arity() > 2 ? call.integer(2) : 1, a.shape());
    GraphBuilder graph = call.graph();
    Value dot = Reduce.sum(graph, Arithmetic.mul(graph, a, b), List.of(dim), false);
    Value lengths = Arithmetic.mul(graph, length(graph, a, dim), length(graph, b, dim));
    return new Argument.Tensor(Arithmetic.div(graph, dot, lengths));
  }

  private static Value length(GraphBuilder graph, Value x, int dim) {
    Value squares = Reduce.sum(graph, Arithmetic.mul(graph, x, x), List.of(dim), false);
    // The larger is taken before the root, whose slope at 0 is infinite.
    return Elementwise.of(graph, "length", Formula.sqrt(max(X, constant(1e-16))), squares);
  }
}
