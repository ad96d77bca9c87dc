package dev.cortado.nn;

import static dev.cortado.Ops.relu;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import java.util.function.UnaryOperator;

/** {@link dev.cortado.Ops#relu(Tensor)} as a layer. */
@Layer
public final class Relu implements UnaryOperator<Tensor> {
  @Override
  public Tensor apply(Tensor x) {
    return relu(x);
  }
}
