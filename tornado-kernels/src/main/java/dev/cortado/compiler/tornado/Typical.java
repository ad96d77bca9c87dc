package dev.cortado.compiler.tornado;

import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;

/** Sizes at typical values of the symbols, for choosing between kernels. */
final class Typical {
  /** What a symbol, a batch mostly, counts as. */
  private static final double SYMBOL = 64;

  private Typical() {}

  static double of(Poly p) {
    double sum = 0;
    for (Poly.Term term : p.terms()) {
      double product = term.coefficient();
      for (Atom atom : term.atoms()) {
        product *= of(atom);
      }
      sum += product;
    }
    return sum;
  }

  private static double of(Atom atom) {
    return switch (atom) {
      case Atom.Quotient(Poly dividend, Poly divisor) -> Math.floor(of(dividend) / of(divisor));
      case Atom.Remainder(Poly dividend, Poly divisor) -> of(divisor) / 2;
      default -> SYMBOL;
    };
  }
}
