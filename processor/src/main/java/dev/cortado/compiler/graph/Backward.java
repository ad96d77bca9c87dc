package dev.cortado.compiler.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The walk of reverse-mode differentiation: from the results back, each operation's rule turns the
 * gradients of its results into those of its inputs, and contributions to one value are summed.
 * Only operations between the values asked for and the results are visited.
 */
public final class Backward {
  private Backward() {}

  /**
   * Adds gradients to a graph.
   *
   * @param graph holds {@code nodes}, and what they are differentiated into
   * @param nodes the forward pass, inputs before users
   * @param seeds gradients of results
   * @param wrt the values whose gradients are wanted
   * @param sum adds two gradients
   * @return the gradients of {@code wrt}; one that no gradient reaches is missing
   */
  public static Map<Value, Value> through(
      GraphBuilder graph,
      List<Node> nodes,
      Map<Value, Value> seeds,
      Collection<Value> wrt,
      BinaryOperator<Value> sum) {
    Set<Node> influenced = influenced(nodes, wrt);
    Map<Value, Value> gradients = new HashMap<>(seeds);
    Origin before = graph.origin();
    for (Node node : nodes.reversed()) {
      List<@Nullable Value> outputs = new ArrayList<>();
      for (int i = 0; i < node.types().size(); i++) {
        outputs.add(gradients.get(node.value(i)));
      }
      boolean reached = outputs.stream().anyMatch(g -> g != null);
      if (reached && influenced.contains(node) && !node.inputs().isEmpty()) {
        graph.at(node.origin());
        accumulate(graph, node, outputs, influenced, gradients, sum);
      }
    }
    graph.at(before);
    gradients.keySet().retainAll(new HashSet<>(wrt));
    return gradients;
  }

  private static void accumulate(
      GraphBuilder graph,
      Node node,
      List<@Nullable Value> outputs,
      Set<Node> influenced,
      Map<Value, Value> gradients,
      BinaryOperator<Value> sum) {
    List<Boolean> wanted = node.inputs().stream().map(v -> influenced.contains(v.node())).toList();
    if (!wanted.contains(true)) {
      return;
    }
    List<@Nullable Value> inputs = node.op().gradient(graph, node, outputs, wanted);
    for (int i = 0; i < inputs.size(); i++) {
      Value gradient = inputs.get(i);
      if (gradient != null && wanted.get(i)) {
        gradients.merge(node.input(i), gradient, sum);
      }
    }
  }

  /** The nodes whose results depend on one of {@code sources}, those of the sources included. */
  public static Set<Node> influenced(List<Node> nodes, Collection<Value> sources) {
    Set<Node> found = new HashSet<>();
    sources.forEach(v -> found.add(v.node()));
    for (Node node : nodes) {
      if (node.inputs().stream().anyMatch(v -> found.contains(v.node()))) {
        found.add(node);
      }
    }
    return found;
  }

  /** The nodes that one of {@code results} depends on, those of the results included. */
  public static Set<Node> needed(List<Node> nodes, Collection<Value> results) {
    Set<Node> found = new HashSet<>();
    results.forEach(v -> found.add(v.node()));
    for (Node node : nodes.reversed()) {
      if (found.contains(node)) {
        node.inputs().forEach(v -> found.add(v.node()));
      }
    }
    return found;
  }
}
