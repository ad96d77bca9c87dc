package dev.cortado.compiler.pass;

import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.op.Scan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Copies what the results need into a new graph, node by node, letting a rule replace some. Dead
 * code is left behind, and what has become equal is shared.
 */
final class Rebuild {
  /** What stands instead of a node. */
  interface Rule {
    /**
     * The values for the node's results.
     *
     * @param inputs the node's inputs in the new graph
     */
    List<Value> apply(GraphBuilder graph, Node node, List<Value> inputs);
  }

  private final GraphBuilder builder = new GraphBuilder();
  private final Map<Value, Value> moved = new HashMap<>();
  private final Rule rule;

  private Rebuild(Rule rule) {
    this.rule = rule;
  }

  /** The same node on the new inputs. */
  static List<Value> same(GraphBuilder graph, Node node, List<Value> inputs) {
    Node copy = graph.add(node.op(), inputs);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < copy.types().size(); i++) {
      values.add(copy.value(i));
    }
    return values;
  }

  static Goal of(Goal goal, Rule rule) {
    Rebuild rebuild = new Rebuild(rule);
    rebuild.copy(goal.graph(), goal.results().stream().map(Result::value).toList());
    return new Goal(
        rebuild.builder.build(),
        goal.results().stream().map(r -> r.with(rebuild.moved(r.value()))).toList());
  }

  /** The same recurrence with its body rebuilt by {@code rule}. */
  static Scan body(Scan scan, Rule rule) {
    Rebuild rebuild = new Rebuild(rule);
    List<Value> wanted = new ArrayList<>(scan.bodyInputs());
    wanted.addAll(scan.next());
    wanted.addAll(scan.stacked());
    rebuild.copy(scan.body(), wanted);
    return new Scan(
        rebuild.builder.build(),
        scan.states(),
        scan.sequences(),
        scan.next().stream().map(rebuild::moved).toList(),
        scan.stacked().stream().map(rebuild::moved).toList(),
        scan.length(),
        scan.position(),
        scan.reverse(),
        scan.saved());
  }

  private Value moved(Value value) {
    Value there = moved.get(value);
    if (there == null) {
      throw new IllegalStateException("used before it was made: " + value.node());
    }
    return there;
  }

  private void copy(Graph graph, List<Value> wanted) {
    Set<Node> live = live(graph, wanted);
    for (Node node : graph.nodes()) {
      if (live.contains(node)) {
        builder.at(node.origin());
        List<Value> values =
            rule.apply(builder, node, node.inputs().stream().map(this::moved).toList());
        for (int i = 0; i < values.size(); i++) {
          moved.put(node.value(i), values.get(i));
        }
      }
    }
  }

  private static Set<Node> live(Graph graph, List<Value> wanted) {
    Set<Node> live = new HashSet<>();
    wanted.forEach(v -> live.add(v.node()));
    for (Node node : graph.nodes().reversed()) {
      if (live.contains(node)) {
        node.inputs().forEach(v -> live.add(v.node()));
      }
    }
    return live;
  }
}
