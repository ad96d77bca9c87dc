package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.shape.Poly;

/** A tensor in memory. Compared by identity. */
public final class Buffer implements Operand {
  private final String name;
  private final Type type;
  private final Home home;

  public Buffer(String name, Type type, Home home) {
    this.name = name;
    this.type = type;
    this.home = home;
  }

  /** What a reader calls it; not unique. */
  @Override
  public String name() {
    return name;
  }

  public Type type() {
    return type;
  }

  public Home home() {
    return home;
  }

  /** The number of elements. */
  public Poly count() {
    return type.shape().count();
  }

  /** The buffer whose memory this one lies in: itself unless it is a view. */
  public Buffer base() {
    return home instanceof Home.View view ? view.of().base() : this;
  }

  public boolean inWorkspace() {
    return home instanceof Home.Workspace;
  }

  @Override
  public String toString() {
    return name + type.shape();
  }
}
