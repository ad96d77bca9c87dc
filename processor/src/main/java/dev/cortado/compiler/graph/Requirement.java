package dev.cortado.compiler.graph;

import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold of the symbols' values for a program to make sense: {@code T - 2}, the length of a
 * convolution's result, must not be negative. A network checks it before it runs.
 *
 * @param size must be 0 or more
 * @param node which needs it
 */
public record Requirement(Poly size, Node node) {

  /** The requirements of a graph that do not hold anyway, each once, in order of the nodes. */
  public static List<Requirement> of(Graph graph) {
    Map<Poly, Requirement> found = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      List<Poly> sizes = new ArrayList<>(node.op().requirements(node));
      node.types().forEach(t -> sizes.addAll(t.shape().dims()));
      for (Poly size : sizes) {
        if (!size.isAtLeast(0)) {
          found.putIfAbsent(size, new Requirement(size, node));
        }
      }
    }
    return List.copyOf(found.values());
  }
}
