package dev.cortado.compiler.frontend.eval;

import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Shape;

/**
 * A {@code Tensor}, {@code IntTensor} or {@code Labels} of the user's program. Like the Java object
 * it stands for it has an identity: when it is stored in a {@code @Param} field, everybody who
 * already holds it holds the parameter.
 */
final class TensorVal implements Val {
  private Value value;
  private Level level;
  private final History history;

  TensorVal(Value value, Level level, History history) {
    this.value = value;
    this.level = level;
    this.history = history;
  }

  /** In its own level; {@link Level#lift} brings it into another. */
  Value value() {
    return value;
  }

  Level level() {
    return level;
  }

  History history() {
    return history;
  }

  Shape shape() {
    return value.shape();
  }

  /** From now on this is that parameter. */
  void become(Value parameter, Level root) {
    value = parameter;
    level = root;
  }
}
