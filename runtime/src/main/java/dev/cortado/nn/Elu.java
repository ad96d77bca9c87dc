package dev.cortado.nn;

import static dev.cortado.Ops.elu;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import java.util.function.UnaryOperator;

/** {@link dev.cortado.Ops#elu(Tensor, double)} as a layer. */
@Layer
public final class Elu implements UnaryOperator<Tensor> {
  private final double alpha;

  /** With alpha 1. */
  public Elu() {
    this(1);
  }

  public Elu(double alpha) {
    this.alpha = alpha;
  }

  @Override
  public Tensor apply(Tensor x) {
    return elu(x, alpha);
  }
}
