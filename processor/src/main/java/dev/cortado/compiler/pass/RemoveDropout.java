package dev.cortado.compiler.pass;

import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.op.Dropout;
import dev.cortado.compiler.op.Scan;
import java.util.ArrayList;
import java.util.List;

/** Lets everything through, as dropout does outside of training. */
public final class RemoveDropout implements Pass {
  @Override
  public Goal run(Goal goal) {
    return Rebuild.of(goal, RemoveDropout::rule);
  }

  private static List<Value> rule(GraphBuilder graph, Node node, List<Value> inputs) {
    if (node.op() instanceof Dropout) {
      return List.of(inputs.getFirst());
    }
    if (node.op() instanceof Scan scan) {
      Node copy = graph.add(Rebuild.body(scan, RemoveDropout::rule), inputs);
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < copy.types().size(); i++) {
        values.add(copy.value(i));
      }
      return values;
    }
    return Rebuild.same(graph, node, inputs);
  }
}
