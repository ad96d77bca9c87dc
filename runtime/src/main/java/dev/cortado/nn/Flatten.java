package dev.cortado.nn;

import static dev.cortado.Ops.flatten;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import java.util.function.UnaryOperator;

/** The dimensions from {@code start} on as one: {@code [N, C, H, W] → [N, C*H*W]}. */
@Layer
public final class Flatten implements UnaryOperator<Tensor> {
  private final int start;

  /** All dimensions but the first. */
  public Flatten() {
    this(1);
  }

  public Flatten(int start) {
    this.start = start;
  }

  @Override
  public Tensor apply(Tensor x) {
    return flatten(x, start);
  }
}
