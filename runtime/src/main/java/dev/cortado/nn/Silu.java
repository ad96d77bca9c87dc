package dev.cortado.nn;

import static dev.cortado.Ops.silu;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import java.util.function.UnaryOperator;

/** {@link dev.cortado.Ops#silu(Tensor)} as a layer. */
@Layer
public final class Silu implements UnaryOperator<Tensor> {
  @Override
  public Tensor apply(Tensor x) {
    return silu(x);
  }
}
