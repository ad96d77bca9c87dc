package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
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

/** The same value everywhere. */
public record Fill(double value, Shape shape) implements Op {
  static Value zeros(GraphBuilder graph, Shape shape) {
    return graph.apply(new Fill(0, shape));
  }

  /** The dimensions of a tensor made from nothing. */
  static Shape shape(String operation, List<Poly> dims) {
    for (Poly dim : dims) {
      if (dim.isConstant() && dim.constant() < 0) {
        throw new OpError("dimension", operation + ": sizes must not be negative, but got " + dims);
      }
    }
    return new Shape(dims);
  }

  @Override
  public String name() {
    return "full";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    return List.of(Type.floats(shape));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    return List.of();
  }

  @Override
  public Lowering lower(Node node) {
    return new Lowering.Pointwise((inputs, index) -> Formula.constant(value), true);
  }

  /** {@code ones}, {@code zeros} and {@code full} of {@code Ops}. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding("ones", c -> stage(c, 1, 0)),
          new Binding("zeros", c -> stage(c, 0, 0)),
          new Binding("full", c -> stage(c, c.number(0), 1)));
    }

    private static Argument stage(Call call, double value, int firstDim) {
      Shape shape = Fill.shape(call.method(), call.dims(firstDim));
      return new Argument.Tensor(call.graph().apply(new Fill(value, shape)));
    }
  }
}
