package dev.cortado.compiler.pass;

import dev.cortado.compiler.op.Scan;

/**
 * Takes matrix products out of the steps of recurrences: one product of many rows is faster than
 * many of few, and weights are then read once and not in every step.
 */
public final class HoistFromScans implements Pass {
  @Override
  public Goal run(Goal goal) {
    return Rebuild.of(
        goal,
        (graph, node, inputs) ->
            node.op() instanceof Scan scan
                ? scan.hoisted(graph, inputs)
                : Rebuild.same(graph, node, inputs));
  }
}
