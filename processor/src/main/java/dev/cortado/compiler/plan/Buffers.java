package dev.cortado.compiler.plan;

import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which values of a graph lie in which buffers. An alias lies where its source lies. */
final class Buffers {
  private final Map<Value, Buffer> buffers = new HashMap<>();

  void put(Value value, Buffer buffer) {
    buffers.put(value, buffer);
  }

  /** The buffer that holds {@code value}, or null while there is none. */
  @Nullable Buffer find(Value value) {
    Buffer known = buffers.get(value);
    if (known == null && isAlias(value)) {
      return find(source(value));
    }
    return known;
  }

  Buffer of(Value value) {
    Buffer buffer = find(value);
    if (buffer == null) {
      throw new IllegalStateException("no buffer for " + value.node());
    }
    return buffer;
  }

  /** The value that {@code value} is another shape of. */
  static Value source(Value value) {
    return isAlias(value) ? source(value.node().input(0)) : value;
  }

  private static boolean isAlias(Value value) {
    return value.node().op().lower(value.node()) instanceof Lowering.Alias;
  }
}
