package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index of the largest element along a dimension, which is dropped; the first of equal ones.
 */
public record ArgMax(int dim) implements Op {
  @Override
  public String name() {
    return "argmax";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    Shape x = inputs.getFirst().shape();
    return List.of(Type.floats(x.slice(0, dim).concat(x.slice(dim + 1, x.rank()))));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    return Collections.singletonList(null);
  }

  @Override
  public Lowering lower(Node node) {
    Poly size = node.input(0).shape().dim(dim);
    return new Lowering.Pointwise(
        (inputs, index) -> {
          LoopVar k = LoopVar.named("k");
          List<Poly> position = new ArrayList<>(index);
          position.add(dim, Poly.of(k));
          return new Expr.Reduce(
              Expr.Reduction.ARGMAX, List.of(new Expr.Axis(k, size)), inputs.at(0, position));
        },
        false);
  }

  /** {@code Ops.argmax}. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding(
              "argmax",
              c -> {
                int dim = Dims.index("argmax", c.integer(1), c.tensor(0).shape());
                return new Argument.Tensor(c.graph().apply(new ArgMax(dim), c.tensor(0)));
              }));
    }
  }
}
