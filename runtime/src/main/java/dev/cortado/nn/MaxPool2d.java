package dev.cortado.nn;

import static dev.cortado.Ops.maxPool2d;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Shape;
import java.util.function.UnaryOperator;

/**
 * The largest element of each window.
 *
 * <p>Shapes: {@code [N, C, H, W] → [N, C, OH, OW]}, {@code OH = (H + 2 padding - size) / stride +
 * 1} rounded down. The stride is the window's size unless set.
 */
@Layer
public final class MaxPool2d implements UnaryOperator<Tensor> {
  private final int height;
  private final int width;
  private int strideHeight;
  private int strideWidth;
  private int paddingHeight;
  private int paddingWidth;

  /** With square windows. */
  public MaxPool2d(int size) {
    this(size, size);
  }

  public MaxPool2d(int height, int width) {
    this.height = height;
    this.width = width;
    strideHeight = height;
    strideWidth = width;
  }

  public MaxPool2d stride(int steps) {
    return stride(steps, steps);
  }

  /** Rows and columns between two windows. */
  public MaxPool2d stride(int vertical, int horizontal) {
    strideHeight = vertical;
    strideWidth = horizontal;
    return this;
  }

  public MaxPool2d padding(int count) {
    return padding(count, count);
  }

  /** Rows and columns around the input that are never the largest; none by default. */
  public MaxPool2d padding(int vertical, int horizontal) {
    paddingHeight = vertical;
    paddingWidth = horizontal;
    return this;
  }

  @Override
  public Tensor apply(@Shape("N, C, H, W") Tensor x) {
    int[] size = {height, width};
    int[] stride = {strideHeight, strideWidth};
    int[] padding = {paddingHeight, paddingWidth};
    return maxPool2d(x, size, stride, padding);
  }
}
