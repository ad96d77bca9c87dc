package dev.cortado.nn;

import static dev.cortado.Ops.tanh;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import java.util.function.UnaryOperator;

/** {@link dev.cortado.Ops#tanh(Tensor)} as a layer. */
@Layer
public final class Tanh implements UnaryOperator<Tensor> {
  @Override
  public Tensor apply(Tensor x) {
    return tanh(x);
  }
}
