package dev.cortado.compiler.plan;

import dev.cortado.compiler.shape.Poly;
import java.util.Map;

/**
 * Where the buffers of a program's workspace lie, in elements, as polynomials over the model's
 * symbols.
 *
 * @param offsets of every buffer in the workspace
 * @param size of the whole
 * @param separately what the buffers would take without sharing memory
 */
public record Arena(Map<Buffer, Poly> offsets, Poly size, Poly separately) {
  /** Where a buffer of the workspace begins. */
  public Poly offset(Buffer buffer) {
    Poly offset = offsets.get(buffer);
    if (offset == null) {
      throw new IllegalStateException("not in the workspace: " + buffer);
    }
    return offset;
  }
}
