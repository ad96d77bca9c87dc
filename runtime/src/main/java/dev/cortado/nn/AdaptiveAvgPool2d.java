package dev.cortado.nn;

import static dev.cortado.Ops.adaptiveAvgPool2d;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Shape;
import java.util.function.UnaryOperator;

/**
 * Means of windows such that the result has a given size: {@code [N, C, H, W] → [N, C, height,
 * width]}.
 */
@Layer
public final class AdaptiveAvgPool2d implements UnaryOperator<Tensor> {
  private final int height;
  private final int width;

  /** With a square result. */
  public AdaptiveAvgPool2d(int size) {
    this(size, size);
  }

  public AdaptiveAvgPool2d(int height, int width) {
    this.height = height;
    this.width = width;
  }

  @Override
  public Tensor apply(@Shape("N, C, H, W") Tensor x) {
    return adaptiveAvgPool2d(x, height, width);
  }
}
