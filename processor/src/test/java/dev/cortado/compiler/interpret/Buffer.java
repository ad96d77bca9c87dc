package dev.cortado.compiler.interpret;

import dev.cortado.compiler.expr.Operand;

/** A tensor in memory. Compared by identity. */
final class Buffer implements Operand {
  private final String name;
  final double[] data;

  Buffer(String name, double[] data) {
    this.name = name;
    this.data = data;
  }

  @Override
  public String name() {
    return name + "@" + System.identityHashCode(this);
  }
}
