package dev.cortado.kernel;

/** What a product or convolution does to each element of its result as it stores it. */
public enum Activation {
  /** Nothing. */
  NONE(Float.NEGATIVE_INFINITY),
  /** {@code max(v, 0)}; what is not a number stays so. */
  RELU(0);

  /** No element of the result is smaller. */
  final float floor;

  Activation(float floor) {
    this.floor = floor;
  }
}
