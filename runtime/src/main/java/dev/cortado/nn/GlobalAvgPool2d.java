package dev.cortado.nn;

import static dev.cortado.Ops.globalAvgPool2d;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Shape;
import java.util.function.UnaryOperator;

/** The mean of each channel: {@code [N, C, H, W] → [N, C]}. */
@Layer
public final class GlobalAvgPool2d implements UnaryOperator<Tensor> {
  @Override
  public Tensor apply(@Shape("N, C, H, W") Tensor x) {
    return globalAvgPool2d(x);
  }
}
