package dev.cortado.compiler.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Adds the nodes of one graph to the builder of another. */
public final class GraphCopy {
  private GraphCopy() {}

  /**
   * Copies every node that {@code given} does not already stand for.
   *
   * @param given values of {@code from} that have a counterpart in {@code into}
   * @param saving the nodes through which a gradient is going to be taken
   * @return the counterpart of every value of {@code from}
   */
  public static Map<Value, Value> copy(
      Graph from, GraphBuilder into, Map<Value, Value> given, Predicate<Node> saving) {
    Map<Value, Value> counterparts = new HashMap<>(given);
    Origin before = into.origin();
    for (Node node : from.nodes()) {
      if (node.types().isEmpty() || counterparts.containsKey(node.value())) {
        continue;
      }
      into.at(node.origin());
      Op op = saving.test(node) ? node.op().saving() : node.op();
      List<Value> inputs = node.inputs().stream().map(counterparts::get).toList();
      Node copy = into.add(op, inputs);
      for (int i = 0; i < node.types().size(); i++) {
        counterparts.put(node.value(i), copy.value(i));
      }
    }
    into.at(before);
    return counterparts;
  }
}
