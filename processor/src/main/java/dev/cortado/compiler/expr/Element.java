package dev.cortado.compiler.expr;

import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;

/**
 * An element of a tensor used as an integer inside an index: a class label, a token, a stored
 * position (a float element is truncated to {@code int}).
 */
public record Element(Operand source, Poly index) implements Atom {
  @Override
  public String toString() {
    return source.name() + "[" + index + "]";
  }
}
