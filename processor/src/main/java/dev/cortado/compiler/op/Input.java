package dev.cortado.compiler.op;

import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor the caller hands to the program.
 *
 * @param role where it stands in the model's signatures
 * @param position index among those of its role
 */
public record Input(Role role, int position, String label, Type type) implements Op {
  public enum Role {
    /** A parameter of {@code forward}. */
    INPUT,
    /** A parameter of {@code loss} after the outputs. */
    TARGET,
    /** The gradient of an output, in the program behind {@code backward}. */
    OUTPUT_GRADIENT,
    /** Inside a scan: the state, a slice of the sequence, or a captured value, in that order. */
    BODY
  }

  @Override
  public String name() {
    return label;
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    return List.of(type);
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
