package dev.cortado.compiler.plan;

import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.op.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where each parameter lies among all parameters: one after the other, in declaration order. */
public final class ParameterLayout {
  private final List<Parameter> parameters;
  private final Map<String, Long> offsets = new HashMap<>();
  private final long count;

  public ParameterLayout(List<Node> nodes) {
    parameters = nodes.stream().map(n -> (Parameter) n.op()).toList();
    long next = 0;
    for (Parameter p : parameters) {
      offsets.put(p.path(), next);
      next = Math.addExact(next, p.shape().count().constant());
    }
    count = next;
  }

  public List<Parameter> parameters() {
    return parameters;
  }

  /** The number of elements of all parameters together. */
  public long count() {
    return count;
  }

  public long offset(Parameter parameter) {
    Long offset = offsets.get(parameter.path());
    if (offset == null) {
      throw new IllegalStateException("no parameter " + parameter.path());
    }
    return offset;
  }

  /** The offset of parameter number {@code i}. */
  public long offset(int i) {
    return offset(parameters.get(i));
  }
}
