package dev.cortado.compiler.op;

import dev.cortado.compiler.expr.Expr;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The element of the last dimension that a label names: {@code x [..., C]}, {@code labels [...]} →
 * {@code [...]}.
 *
 * @param except a label that picks 0
 */
public record Pick(@Nullable Integer except) implements Op, Ranged {
  @Override
  public String name() {
    return "pick";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    Shape x = inputs.get(0).shape();
    Shape labels = inputs.get(1).shape();
    if (x.rank() == 0 || !x.slice(0, x.rank() - 1).equals(labels)) {
      throw new OpError("loss-shape", "pick: " + x + " does not go with labels " + labels);
    }
    return List.of(Type.floats(labels));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    Shape x = node.input(0).shape();
    Value places = graph.apply(new OneHot(x.dim(-1), except), node.input(1));
    Value g = Reshape.to(graph, Op.only(outputGradients), node.value().shape().concat(Shape.of(1)));
    return Arrays.asList(Arithmetic.mul(graph, places, g), null);
  }

  @Override
  public Lowering lower(Node node) {
    return new Lowering.Pointwise(
        (inputs, index) -> {
          Poly label = inputs.intAt(1, index);
          List<Poly> place = new ArrayList<>(index);
          place.add(label);
          Expr.Cond counts = IgnoredLabel.counts(label, except);
          return Formula.select(counts, inputs.at(0, place), Formula.ZERO);
        },
        false);
  }

  @Override
  public Value indices(Node node) {
    return node.input(1);
  }

  @Override
  public Poly bound(Node node) {
    return node.input(0).shape().dim(-1);
  }
}
