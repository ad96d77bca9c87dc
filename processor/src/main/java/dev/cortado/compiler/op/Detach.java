package dev.cortado.compiler.op;

import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same values, through which no gradient flows: for shifts that cancel out of a result. */
public record Detach() implements Op {
  @Override
  public String name() {
    return "detach";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    return inputs;
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    return Collections.singletonList(null);
  }

  @Override
  public Lowering lower(Node node) {
    return new Lowering.Alias();
  }
}
