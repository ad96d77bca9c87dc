package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Expr.Reduction;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Value;
import java.util.List;

/**
 * Softmax and its logarithm, made of primitives and shifted by the maximum so that nothing
 * overflows.
 */
@AutoService(Operation.class)
public final class Softmax implements Operation {
  @Override
  public List<Binding> bindings() {
    return List.of(
        new Binding("softmax", c -> new Argument.Tensor(softmax(c.graph(), c.tensor(0), dim(c)))),
        new Binding(
            "logSoftmax", c -> new Argument.Tensor(logSoftmax(c.graph(), c.tensor(0), dim(c)))));
  }

  private static int dim(Call call) {
    return Dims.index(call.method(), call.integer(1), call.tensor(0).shape());
  }

  static Value softmax(GraphBuilder graph, Value x, int dim) {
    Value powers = Arithmetic.exp(graph, shifted(graph, x, dim));
    return Arithmetic.div(graph, powers, Reduce.sum(graph, powers, List.of(dim), true));
  }

  static Value logSoftmax(GraphBuilder graph, Value x, int dim) {
    Value shifted = shifted(graph, x, dim);
    Value sum = Reduce.sum(graph, Arithmetic.exp(graph, shifted), List.of(dim), true);
    return Arithmetic.sub(graph, shifted, Arithmetic.log(graph, sum));
  }

  /** The shift cancels out of the result, so it needs no gradient. */
  private static Value shifted(GraphBuilder graph, Value x, int dim) {
    Value largest = Reduce.of(graph, Reduction.MAX, x, List.of(dim), true);
    return Arithmetic.sub(graph, x, graph.apply(new Detach(), largest));
  }
}
