package dev.cortado.nn;

import static dev.cortado.Ops.softmax;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import java.util.function.UnaryOperator;

/** {@link dev.cortado.Ops#softmax} as a layer. */
@Layer
public final class Softmax implements UnaryOperator<Tensor> {
  private final int dim;

  public Softmax(int dim) {
    this.dim = dim;
  }

  @Override
  public Tensor apply(Tensor x) {
    return softmax(x, dim);
  }
}
