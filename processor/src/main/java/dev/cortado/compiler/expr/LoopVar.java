package dev.cortado.compiler.expr;

import dev.cortado.compiler.shape.Atom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The variable of one loop. Identity is the {@code id}; the name is a wish that the emitter makes
 * unique ({@code n}, {@code c}, {@code h}, {@code w}, {@code i}, {@code k}).
 */
public record LoopVar(String name, int id) implements Atom {
  private static final AtomicInteger NEXT = new AtomicInteger();

  public static LoopVar named(String name) {
    return new LoopVar(name, NEXT.getAndIncrement());
  }

  @Override
  public String sortKey() {
    return "%" + name + "#" + (1_000_000_000L + id);
  }

  @Override
  public String toString() {
    return name;
  }
}
