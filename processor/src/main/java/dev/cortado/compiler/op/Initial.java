package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code uniform(low, high, dims…)} and {@code normal(mean, deviation, dims…)}: random values that
 * a {@code @Param} field starts from. They become a {@link Parameter}'s initializer; anywhere else
 * they are an error, because every run of a program must give the same answer.
 */
public record Initial(Parameter.Initializer initializer, Shape shape) implements Op {
  @Override
  public String name() {
    return "initial";
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
    throw new OpError(
        "random-outside-param",
        "uniform(...) and normal(...) can only initialise a @Param field; use dropout for noise");
  }

  /** The two methods of {@code Ops}. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding(
              "uniform",
              c -> stage(c, new Parameter.Initializer.Uniform(c.number(0), c.number(1)))),
          new Binding(
              "normal", c -> stage(c, new Parameter.Initializer.Normal(c.number(0), c.number(1)))));
    }

    private static Argument stage(Call c, Parameter.Initializer initializer) {
      return new Argument.Tensor(c.graph().apply(new Initial(initializer, new Shape(c.dims(2)))));
    }
  }
}
