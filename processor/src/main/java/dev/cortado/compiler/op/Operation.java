package dev.cortado.compiler.op;

import java.util.List;

/**
 * One file of this package: what the compiler knows about an operation, found by {@code
 * ServiceLoader} (annotate with {@code @AutoService(Operation.class)}), so that adding one touches
 * no list.
 */
public interface Operation {
  List<Binding> bindings();

  /**
   * Stages calls of every overload of {@code Ops.<method>}.
   *
   * @param method the simple name in {@code dev.cortado.Ops}
   */
  record Binding(String method, Rule rule) {}

  /** A list and a record come and go as {@link Argument.Many}, a record's components in order. */
  interface Rule {
    /**
     * @throws dev.cortado.compiler.graph.OpError when the arguments do not fit
     */
    Argument stage(Call call);
  }
}
