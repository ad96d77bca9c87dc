package dev.cortado.compiler.graph;

import dev.cortado.compiler.shape.Shape;

/** The type of a value in the graph. */
public record Type(ElementType element, Shape shape) {
  public static Type floats(Shape shape) {
    return new Type(ElementType.FLOAT, shape);
  }
}
