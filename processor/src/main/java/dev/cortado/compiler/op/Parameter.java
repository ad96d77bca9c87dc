package dev.cortado.compiler.op;

import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A learned tensor.
 *
 * @param path {@code blocks.0.down.weight}
 * @param shape constant dimensions
 */
public record Parameter(String path, Shape shape, Initializer initializer) implements Op {

  /** The values a fresh network starts from. */
  public sealed interface Initializer {
    record Constant(double value) implements Initializer {}

    /** Uniform in {@code [low, high)}. */
    record Uniform(double low, double high) implements Initializer {}

    record Normal(double mean, double deviation) implements Initializer {}

    /** Given values in row-major order. */
    record Values(List<Double> values) implements Initializer {}
  }

  @Override
  public String name() {
    return path;
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
    return new Lowering.Leaf();
  }
}
