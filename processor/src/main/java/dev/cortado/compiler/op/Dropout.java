package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In training, zero with probability {@code p} and {@code x / (1 - p)} otherwise; at inference the
 * first input itself, which a pass puts in its place. The gradient draws the same numbers again.
 *
 * @param stream different for every dropout of a model
 * @param step how often it has run before in the same pass, inside of a scan
 */
public record Dropout(double p, int stream, Poly step) implements Op {
  @Override
  public String name() {
    return "dropout";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    return List.of(inputs.getFirst());
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    return List.of(graph.apply(this, Op.only(outputGradients)));
  }

  @Override
  public Lowering lower(Node node) {
    Shape shape = node.value().shape();
    return new Lowering.Pointwise(
        (inputs, index) -> {
          Poly number = step.times(shape.count()).plus(shape.linear(index));
          Expr draw = new Expr.Random(stream, number);
          return Formula.select(
              Formula.compare(Comparison.LT, draw, Formula.constant(p)),
              Formula.ZERO,
              Formula.mul(Formula.constant(p < 1 ? 1 / (1 - p) : 0), inputs.at(0, index)));
        },
        false);
  }

  /** {@code Ops.dropout}. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(new Binding("dropout", Bindings::dropout));
    }

    private static Argument dropout(Call call) {
      double p = call.number(1);
      if (!(p >= 0 && p <= 1)) {
        throw new OpError(
            "dropout", "dropout: the probability must be between 0 and 1, but is " + p);
      }
      Value x = call.tensor(0);
      GraphBuilder graph = call.graph();
      if (p == 0) {
        return new Argument.Tensor(x);
      }
      return new Argument.Tensor(graph.apply(new Dropout(p, graph.nextStream(), graph.step()), x));
    }
  }
}
