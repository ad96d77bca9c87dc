package dev.cortado.nn;

import static dev.cortado.Ops.gelu;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import java.util.function.UnaryOperator;

/** {@link dev.cortado.Ops#gelu(Tensor)} as a layer. */
@Layer
public final class Gelu implements UnaryOperator<Tensor> {
  @Override
  public Tensor apply(Tensor x) {
    return gelu(x);
  }
}
