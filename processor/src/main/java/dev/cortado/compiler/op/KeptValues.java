package dev.cortado.compiler.op;

import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a recurrence keeps of each step for its gradient, beside the states: results of matrix
 * products and convolutions, after whatever is only added to them. All the rest is computed again,
 * which costs less than reading it.
 */
final class KeptValues {
  private KeptValues() {}

  /**
   * In the order in which a step computes them.
   *
   * @param results of a step
   */
  static List<Value> of(Graph body, Collection<Value> results) {
    Set<Node> sums = new HashSet<>();
    for (Node node : body.nodes()) {
      if (node.op().lower(node) instanceof Lowering.Library || isSum(node, sums)) {
        sums.add(node);
      }
    }
    Set<Value> kept = new HashSet<>();
    for (Node node : body.nodes()) {
      if (!sums.contains(node)) {
        node.inputs().stream().filter(v -> sums.contains(v.node())).forEach(kept::add);
      }
    }
    results.stream().filter(v -> sums.contains(v.node())).forEach(kept::add);
    return body.nodes().stream()
        .flatMap(n -> IntStream.range(0, n.types().size()).mapToObj(n::value))
        .filter(kept::contains)
        .toList();
  }

  private static boolean isSum(Node node, Set<Node> sums) {
    return node.op() instanceof Elementwise e
        && e.isSum()
        && node.inputs().stream()
            .anyMatch(v -> sums.contains(v.node()) && v.shape().equals(node.value().shape()));
  }
}
