package dev.cortado.nn;

import static dev.cortado.Ops.leakyRelu;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import java.util.function.UnaryOperator;

/** {@link dev.cortado.Ops#leakyRelu(Tensor, double)} as a layer. */
@Layer
public final class LeakyRelu implements UnaryOperator<Tensor> {
  private final double slope;

  /** With slope 0.01. */
  public LeakyRelu() {
    this(0.01);
  }

  public LeakyRelu(double slope) {
    this.slope = slope;
  }

  @Override
  public Tensor apply(Tensor x) {
    return leakyRelu(x, slope);
  }
}
