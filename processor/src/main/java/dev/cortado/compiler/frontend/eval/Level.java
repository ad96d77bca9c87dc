package dev.cortado.compiler.frontend.eval;

import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.op.Argument;
import org.jspecify.annotations.Nullable;

/** A graph being built: the model's, or inside it the body of a scan. */
final class Level {
  private final GraphBuilder graph;
  private final @Nullable Level outer;
  private final Argument.@Nullable Capture capture;

  private Level(GraphBuilder graph, @Nullable Level outer, Argument.@Nullable Capture capture) {
    this.graph = graph;
    this.outer = outer;
    this.capture = capture;
  }

  static Level root(GraphBuilder graph) {
    return new Level(graph, null, null);
  }

  Level nested(GraphBuilder body, Argument.Capture bodyCapture) {
    return new Level(body, this, bodyCapture);
  }

  GraphBuilder graph() {
    return graph;
  }

  /** The tensor as a value of this graph; null when it belongs to a body that is finished. */
  @Nullable Value lift(TensorVal tensor) {
    if (tensor.level() == this) {
      return tensor.value();
    }
    if (outer == null || capture == null) {
      return null;
    }
    Value there = outer.lift(tensor);
    return there == null ? null : capture.captured(there);
  }
}
