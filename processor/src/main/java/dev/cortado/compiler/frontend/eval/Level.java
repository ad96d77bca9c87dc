package dev.cortado.compiler.frontend.eval;

import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.op.Argument;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A graph being built: the model's, or inside it the body of a scan. */
final class Level {
  private final GraphBuilder graph;
  private final @Nullable Level outer;
  private final Argument.@Nullable Capture capture;
  private final @Nullable Val step;

  /** What the step could reach when it first changed something. */
  private @Nullable Set<Val> before;

  private Level(
      GraphBuilder graph,
      @Nullable Level outer,
      Argument.@Nullable Capture capture,
      @Nullable Val step) {
    this.graph = graph;
    this.outer = outer;
    this.capture = capture;
    this.step = step;
  }

  static Level root(GraphBuilder graph) {
    return new Level(graph, null, null, null);
  }

  /**
   * The body of a scan.
   *
   * @param bodyStep the function that is evaluated to build it
   */
  Level nested(GraphBuilder body, Argument.Capture bodyCapture, Val bodyStep) {
    return new Level(body, this, bodyCapture, bodyStep);
  }

  /**
   * Whether the object was there before this body was begun. The body is evaluated once but runs
   * many times, so what it did to the object would be lost. To be asked before each change, for a
   * changed object leads to new ones.
   */
  boolean isOutside(Val object) {
    if (step == null) {
      return false;
    }
    if (before == null) {
      before = Reachable.from(step);
    }
    return before.contains(object);
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
