package dev.cortado.compiler.graph;

import dev.cortado.compiler.shape.Shape;

/** The {@code index}-th result of a node. */
public record Value(Node node, int index) {
  public Type type() {
    return node.types().get(index);
  }

  public Shape shape() {
    return type().shape();
  }

  @Override
  public String toString() {
    return "%" + node.id() + (node.types().size() > 1 ? "." + index : "");
  }
}
