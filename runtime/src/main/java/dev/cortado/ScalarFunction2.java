package dev.cortado;

/** A function of two numbers for {@link Ops#map(ScalarFunction2, Tensor, Tensor)}. */
@FunctionalInterface
public interface ScalarFunction2 {
  double of(float x, float y);
}
