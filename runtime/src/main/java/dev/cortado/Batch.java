package dev.cortado;

import java.util.List;

/**
 * Samples handed to a network together: one array per input, then one per target, each {@code
 * float[]} or {@code int[]}, row-major, with at least {@code size} samples from its start. The
 * arrays are read, not kept.
 *
 * @param size number of samples
 * @param sizes the values of the model's other symbols, in the network's order; empty for their
 *     maxima
 */
public record Batch(int size, List<Object> inputs, List<Object> targets, List<Integer> sizes) {
  public Batch(int size, List<Object> inputs, List<Object> targets) {
    this(size, inputs, targets, List.of());
  }
}
