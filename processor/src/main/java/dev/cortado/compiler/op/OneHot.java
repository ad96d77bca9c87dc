package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 1 at the place that an index names, else 0: {@code [...] → [..., classes]}.
 *
 * @param except an index that stands for no place at all
 */
public record OneHot(Poly classes, @Nullable Integer except) implements Op, Ranged {
  @Override
  public String name() {
    return "oneHot";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    return List.of(Type.floats(inputs.getFirst().shape().concat(Shape.of(classes))));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    return Collections.singletonList(null);
  }

  @Override
  public Lowering lower(Node node) {
    return new Lowering.Pointwise(
        (inputs, index) -> {
          Poly place = index.getLast();
          Poly named = inputs.intAt(0, index.subList(0, index.size() - 1));
          return Formula.select(
              IgnoredLabel.counts(named, except),
              Formula.select(
                  Formula.compare(Comparison.EQ, named, place), Formula.ONE, Formula.ZERO),
              Formula.ZERO);
        },
        true);
  }

  @Override
  public Value indices(Node node) {
    return node.input(0);
  }

  @Override
  public Poly bound(Node node) {
    return classes;
  }

  /** {@code Ops.oneHot}. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding(
              "oneHot",
              c -> new Argument.Tensor(c.graph().apply(new OneHot(c.dim(1), null), c.tensor(0)))));
    }
  }
}
