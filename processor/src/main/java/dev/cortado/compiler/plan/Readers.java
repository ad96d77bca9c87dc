package dev.cortado.compiler.plan;

import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which nodes of a graph read each value. */
final class Readers {
  private final Map<Value, List<Node>> readers = new HashMap<>();
  private final Set<Value> wanted;

  Readers(Graph graph, List<Value> wanted) {
    this.wanted = new HashSet<>(wanted);
    for (Node node : graph.nodes()) {
      for (Value input : node.inputs()) {
        readers.computeIfAbsent(input, v -> new ArrayList<>()).add(node);
      }
    }
  }

  List<Node> of(Value value) {
    return readers.getOrDefault(value, List.of());
  }

  boolean isWanted(Value value) {
    return wanted.contains(value);
  }

  /** Whether one node alone reads the value, once, and nobody else wants it. */
  boolean isOnlyOne(Value value) {
    return of(value).size() == 1 && !isWanted(value);
  }
}
