package dev.cortado.nn;

import static dev.cortado.Ops.dropout;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import java.util.function.UnaryOperator;

/**
 * In training, elements are 0 with probability {@code p} and the others are divided by {@code 1 -
 * p}; in prediction, nothing happens. The shape is kept.
 */
@Layer
public final class Dropout implements UnaryOperator<Tensor> {
  private final double p;

  /** With probability 0.5. */
  public Dropout() {
    this(0.5);
  }

  public Dropout(double p) {
    this.p = p;
  }

  @Override
  public Tensor apply(Tensor x) {
    return dropout(x, p);
  }
}
