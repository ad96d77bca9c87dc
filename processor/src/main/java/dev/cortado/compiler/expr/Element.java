package dev.cortado.compiler.expr;

import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An element of a tensor used as an integer inside an index: a class label, a token, a stored
 * position (a float element is truncated to {@code int}).
 */
public record Element(Operand source, Poly index) implements Atom {
  @Override
  public String sortKey() {
    return source.name() + "[" + index.sortKey() + "]";
  }

  @Override
  public Poly substitute(Function<Atom, @Nullable Poly> replacement) {
    return Poly.of(new Element(source, index.substitute(replacement)));
  }

  @Override
  public String toString() {
    return source.name() + "[" + index + "]";
  }
}
