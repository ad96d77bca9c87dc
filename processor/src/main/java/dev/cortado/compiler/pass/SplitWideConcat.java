package dev.cortado.compiler.pass;

import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.op.Concat;
import java.util.ArrayList;
import java.util.List;

/** Makes a concatenation of very many tensors one of concatenations: a Java method has a limit. */
public final class SplitWideConcat implements Pass {
  private static final int WIDEST = 32;

  @Override
  public Goal run(Goal goal) {
    return Rebuild.of(goal, SplitWideConcat::rule);
  }

  private static List<Value> rule(GraphBuilder graph, Node node, List<Value> inputs) {
    if (!(node.op() instanceof Concat concat) || inputs.size() <= WIDEST) {
      return Rebuild.same(graph, node, inputs);
    }
    List<Value> parts = inputs;
    while (parts.size() > 1) {
      List<Value> joined = new ArrayList<>();
      for (int from = 0; from < parts.size(); from += WIDEST) {
        List<Value> some = parts.subList(from, Math.min(parts.size(), from + WIDEST));
        joined.add(some.size() == 1 ? some.getFirst() : graph.add(concat, some).value());
      }
      parts = joined;
    }
    return parts;
  }
}
