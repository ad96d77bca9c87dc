package dev.cortado.compiler.op;

import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import org.jspecify.annotations.Nullable;

/**
 * An operation that uses an integer input as an index. Inputs are checked against the bound before
 * a program runs, so that its kernels need not.
 */
public interface Ranged {
  /** The integer input. */
  Value indices(Node node);

  /** Indices are at least 0 and below this. */
  Poly bound(Node node);

  /** The one value outside of the range that is allowed, if any. */
  default @Nullable Integer except() {
    return null;
  }
}
