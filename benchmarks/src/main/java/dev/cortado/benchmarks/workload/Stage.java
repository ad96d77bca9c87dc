package dev.cortado.benchmarks.workload;

/**
 * One step of a network that a peer builds. Names are those of Cortado's parameters, {@code
 * name.weight} and {@code name.bias}, from which peers take their weights.
 */
public sealed interface Stage {
  /** A square kernel at stride 1. */
  record Conv(String name, int padding) implements Stage {}

  /** max(x, 0). */
  record Relu() implements Stage {}

  /** Maxima of squares that do not overlap. */
  record MaxPool(int size) implements Stage {}

  /** {@code [N, ...] → [N, features]}. */
  record Flatten() implements Stage {}

  /** x Wᵀ + b. */
  record Dense(String name) implements Stage {}

  /** Sequences {@code [N, T, features]} to the last state {@code [N, size]}. */
  record Lstm(String name, int size) implements Stage {}

  /** PyTorch's {@code TransformerEncoderLayer} with gelu and no dropout. */
  record EncoderLayer(String name, int features, int heads) implements Stage {}

  /** {@code [N, T, features] → [N, features]}. */
  record MeanOverPositions() implements Stage {}
}
