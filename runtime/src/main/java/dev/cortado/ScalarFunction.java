package dev.cortado;

/** A function of one number for {@link Ops#map(ScalarFunction, Tensor)}. */
@FunctionalInterface
public interface ScalarFunction {
  double of(float x);
}
