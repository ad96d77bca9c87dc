package dev.cortado;

/** A function of three numbers for {@link Ops#map(ScalarFunction3, Tensor, Tensor, Tensor)}. */
@FunctionalInterface
public interface ScalarFunction3 {
  double of(float x, float y, float z);
}
