package dev.cortado.benchmarks.peer;

/**
 * Learning rates of all contestants. They are small, so that thousands of steps on a few random
 * batches leave weights and gradients of ordinary size: a network that has learned its batches by
 * heart multiplies numbers next to 0.
 */
final class Rates {
  static final float SGD = 1e-5f;
  static final float MOMENTUM = 0.9f;
  static final float ADAM = 1e-6f;

  private Rates() {}
}
