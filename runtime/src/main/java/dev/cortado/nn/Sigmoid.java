package dev.cortado.nn;

import static dev.cortado.Ops.sigmoid;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import java.util.function.UnaryOperator;

/** {@link dev.cortado.Ops#sigmoid(Tensor)} as a layer. */
@Layer
public final class Sigmoid implements UnaryOperator<Tensor> {
  @Override
  public Tensor apply(Tensor x) {
    return sigmoid(x);
  }
}
