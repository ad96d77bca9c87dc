package dev.cortado.compiler.pass;

import dev.cortado.compiler.graph.Value;

/**
 * A value wanted of a program.
 *
 * @param position of the output, the parameter or the input; 0 for the loss
 */
public record Result(Kind kind, int position, Value value) {
  /** What it is handed out as. */
  public enum Kind {
    OUTPUT,
    LOSS,
    PARAMETER_GRADIENT,
    INPUT_GRADIENT
  }

  public Result with(Value newValue) {
    return new Result(kind, position, newValue);
  }
}
