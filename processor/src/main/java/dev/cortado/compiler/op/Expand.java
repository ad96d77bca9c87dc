package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Repeats dimensions of size 1, and missing leading ones, to a given shape. */
public record Expand(Shape shape) implements Op {

  static Value to(GraphBuilder graph, Value x, Shape shape) {
    return x.shape().equals(shape) ? x : graph.apply(new Expand(shape), x);
  }

  @Override
  public String name() {
    return "expand";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    Shape own = inputs.getFirst().shape();
    boolean fits = own.rank() <= shape.rank();
    for (int i = 1; fits && i <= own.rank(); i++) {
      fits = own.dim(-i).is(1) || own.dim(-i).equals(shape.dim(-i));
    }
    if (!fits) {
      throw new OpError(
          "expand",
          "expand: "
              + own
              + " cannot be repeated to "
              + shape
              + "; only sizes of 1 and missing leading dimensions can be");
    }
    return List.of(Type.floats(shape));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    return List.of(Broadcast.sumTo(graph, Op.only(outputGradients), node.input(0).shape()));
  }

  @Override
  public Lowering lower(Node node) {
    Shape own = node.input(0).shape();
    return new Lowering.Pointwise(
        (inputs, index) -> inputs.at(0, Broadcast.index(index, own)), true);
  }

  /** {@code Ops.expand}. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding(
              "expand",
              c -> {
                Shape own = c.tensor(0).shape();
                List<Poly> dims = new ArrayList<>(c.dims(1));
                for (int i = 1; i <= Math.min(dims.size(), own.rank()); i++) {
                  if (dims.get(dims.size() - i).is(-1)) {
                    dims.set(dims.size() - i, own.dim(-i));
                  }
                }
                return new Argument.Tensor(to(c.graph(), c.tensor(0), new Shape(dims)));
              }));
    }
  }
}
