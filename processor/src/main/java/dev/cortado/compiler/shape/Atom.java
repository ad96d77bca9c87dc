package dev.cortado.compiler.shape;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An indivisible integer quantity inside a {@link Poly}: a symbol such as {@code N}, a loop
 * variable, a quotient that does not divide out, an element of an integer tensor. Atoms are values:
 * two atoms are the same quantity exactly when they are equal. Their {@link #toString()} is what a
 * reader sees.
 */
public interface Atom {
  /** Orders atoms inside a monomial, so that equal polynomials print alike. */
  default String sortKey() {
    return toString();
  }

  /** This quantity with the atoms inside it replaced; the function returns null to keep one. */
  default Poly substitute(Function<Atom, @Nullable Poly> replacement) {
    return Poly.of(this);
  }

  /**
   * A named dimension such as {@code N} or {@code T}; at run time a positive integer (the batch may
   * be 0).
   */
  record Symbol(String name) implements Atom {
    @Override
    public String toString() {
      return name;
    }
  }

  /** {@code floor(dividend / divisor)} where the division does not work out exactly. */
  record Quotient(Poly dividend, Poly divisor) implements Atom {
    @Override
    public String sortKey() {
      return "floor(" + dividend.sortKey() + "/" + divisor.sortKey() + ")";
    }

    @Override
    public Poly substitute(Function<Atom, @Nullable Poly> replacement) {
      return dividend.substitute(replacement).floorDiv(divisor.substitute(replacement));
    }

    @Override
    public String toString() {
      return "floor((" + dividend + ")/(" + divisor + "))";
    }
  }

  /** {@code dividend mod divisor}, in {@code [0, divisor)}. */
  record Remainder(Poly dividend, Poly divisor) implements Atom {
    @Override
    public String sortKey() {
      return "mod(" + dividend.sortKey() + "," + divisor.sortKey() + ")";
    }

    @Override
    public Poly substitute(Function<Atom, @Nullable Poly> replacement) {
      return dividend.substitute(replacement).mod(divisor.substitute(replacement));
    }

    @Override
    public String toString() {
      return "((" + dividend + ") mod (" + divisor + "))";
    }
  }
}
