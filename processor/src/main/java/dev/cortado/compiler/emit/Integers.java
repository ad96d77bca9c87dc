package dev.cortado.compiler.emit;

import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Prints polynomials as Java {@code int} expressions. Intermediate results may wrap: sums,
 * differences and products are right modulo 2^32, and every index fits an {@code int}; divisions
 * have operands that do.
 *
 * @param atoms how symbols, loop variables and elements are written
 * @param natural atoms that are never negative
 * @param suffix of numbers: empty for {@code int}, {@code L} to compute in {@code long}
 * @param divisions the class with {@code floorDiv} and {@code floorMod}
 */
public record Integers(
    Function<Atom, String> atoms, Predicate<Atom> natural, String suffix, String divisions) {

  public Integers(Function<Atom, String> atoms, Predicate<Atom> natural, String suffix) {
    this(atoms, natural, suffix, "Math");
  }

  /** As rows, columns are spoken of: what steps furthest stands first, a constant last. */
  private static final Comparator<Poly.Term> OUTER_FIRST =
      Comparator.<Poly.Term>comparingInt(t -> -t.atoms().size())
          .thenComparingLong(t -> -t.coefficient());

  /** The expression, to stand where a sum may stand. */
  public String print(Poly p) {
    List<Poly.Term> terms = new ArrayList<>();
    p.terms().stream().filter(t -> t.coefficient() > 0).sorted(OUTER_FIRST).forEach(terms::add);
    p.terms().stream().filter(t -> t.coefficient() < 0).forEach(terms::add);
    if (terms.isEmpty()) {
      return "0" + suffix;
    }
    StringBuilder text = new StringBuilder();
    for (Poly.Term term : terms) {
      boolean negative = term.coefficient() < 0;
      text.append(text.isEmpty() ? (negative ? "-" : "") : (negative ? " - " : " + "));
      text.append(product(Math.abs(term.coefficient()), term.atoms()));
    }
    return text.toString();
  }

  /** {@code offset + index}; a zero offset or index vanishes. */
  public String sum(String offset, Poly index) {
    if (index.isZero()) {
      return offset;
    }
    String text = print(index);
    if (offset.equals("0")) {
      return text;
    }
    return text.startsWith("-") ? offset + " - " + text.substring(1) : offset + " + " + text;
  }

  /** The expression, to stand where only a factor may stand. */
  public String factor(Poly p) {
    String text = print(p);
    return text.indexOf(' ') < 0 && !text.startsWith("-") ? text : "(" + text + ")";
  }

  private String product(long coefficient, List<Atom> factors) {
    if (factors.isEmpty()) {
      return coefficient + suffix;
    }
    List<String> texts = new ArrayList<>();
    if (coefficient != 1) {
      texts.add(coefficient + suffix);
    }
    factors.forEach(a -> texts.add(atom(a)));
    return String.join(" * ", texts);
  }

  private String atom(Atom atom) {
    return switch (atom) {
      case Atom.Quotient(Poly dividend, Poly divisor) ->
          isNatural(dividend)
              ? "(" + factor(dividend) + " / " + factor(divisor) + ")"
              : divisions + ".floorDiv(" + print(dividend) + ", " + print(divisor) + ")";
      case Atom.Remainder(Poly dividend, Poly divisor) ->
          isNatural(dividend)
              ? "(" + factor(dividend) + " % " + factor(divisor) + ")"
              : divisions + ".floorMod(" + print(dividend) + ", " + print(divisor) + ")";
      default -> atoms.apply(atom);
    };
  }

  /** Evidently not negative, so that Java's truncating division rounds down. */
  private boolean isNatural(Poly p) {
    return p.terms().stream()
        .allMatch(t -> t.coefficient() >= 0 && t.atoms().stream().allMatch(this::isNatural));
  }

  private boolean isNatural(Atom atom) {
    return switch (atom) {
      case Atom.Symbol s -> true;
      case Atom.Remainder r -> true;
      case Atom.Quotient(Poly dividend, Poly divisor) -> isNatural(dividend) && isNatural(divisor);
      default -> natural.test(atom);
    };
  }
}
