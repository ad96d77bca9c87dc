package dev.cortado.nn;

import static dev.cortado.Ops.avgPool2d;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Shape;
import java.util.function.UnaryOperator;

/**
 * The mean of each window.
 *
 * <p>Shapes: {@code [N, C, H, W] → [N, C, OH, OW]}, {@code OH = (H + 2 padding - size) / stride +
 * 1} rounded down. The stride is the window's size unless set.
 */
@Layer
public final class AvgPool2d implements UnaryOperator<Tensor> {
  private final int height;
  private final int width;
  private int strideHeight;
  private int strideWidth;
  private int paddingHeight;
  private int paddingWidth;

  /** With square windows. */
  public AvgPool2d(int size) {
    this(size, size);
  }

  public AvgPool2d(int height, int width) {
    this.height = height;
    this.width = width;
    strideHeight = height;
    strideWidth = width;
  }

  public AvgPool2d stride(int steps) {
    return stride(steps, steps);
  }

  /** Rows and columns between two windows. */
  public AvgPool2d stride(int vertical, int horizontal) {
    strideHeight = vertical;
    strideWidth = horizontal;
    return this;
  }

  public AvgPool2d padding(int count) {
    return padding(count, count);
  }

  /** Rows and columns of zeros around the input, which count; none by default. */
  public AvgPool2d padding(int vertical, int horizontal) {
    paddingHeight = vertical;
    paddingWidth = horizontal;
    return this;
  }

  @Override
  public Tensor apply(@Shape("N, C, H, W") Tensor x) {
    int[] size = {height, width};
    int[] stride = {strideHeight, strideWidth};
    int[] padding = {paddingHeight, paddingWidth};
    return avgPool2d(x, size, stride, padding);
  }
}
