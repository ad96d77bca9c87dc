package dev.cortado.compiler.shape;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A polynomial with integer coefficients over {@link Atom}s, in canonical form: two polynomials are
 * equal as functions exactly when they are {@link #equals equal}. Dimensions of tensors are
 * polynomials over symbols; element indices in kernels are polynomials over loop variables as well.
 * Immutable.
 */
public final class Poly {
  // Higher degrees first, then by name: N*T + N + 3.
  private static final Comparator<List<Atom>> MONOMIALS =
      Comparator.<List<Atom>>comparingInt(m -> -m.size())
          .thenComparing(m -> String.join("*", m.stream().map(Atom::sortKey).toList()));

  public static final Poly ZERO = new Poly(new TreeMap<>(MONOMIALS));
  public static final Poly ONE = of(1);

  /** Monomial (its atoms in order, repeated for powers) to its coefficient, never zero. */
  private final TreeMap<List<Atom>, Long> terms;

  private Poly(TreeMap<List<Atom>, Long> terms) {
    this.terms = terms;
  }

  public static Poly of(long value) {
    TreeMap<List<Atom>, Long> terms = new TreeMap<>(MONOMIALS);
    if (value != 0) {
      terms.put(List.of(), value);
    }
    return new Poly(terms);
  }

  public static Poly symbol(String name) {
    return of(new Atom.Symbol(name));
  }

  public static Poly of(Atom atom) {
    TreeMap<List<Atom>, Long> terms = new TreeMap<>(MONOMIALS);
    terms.put(List.of(atom), 1L);
    return new Poly(terms);
  }

  public Poly plus(Poly other) {
    TreeMap<List<Atom>, Long> sum = new TreeMap<>(terms);
    other.terms.forEach((monomial, c) -> accumulate(sum, monomial, c));
    return new Poly(sum);
  }

  public Poly plus(long value) {
    return plus(of(value));
  }

  public Poly minus(Poly other) {
    return plus(other.times(-1));
  }

  public Poly minus(long value) {
    return plus(of(Math.negateExact(value)));
  }

  public Poly times(long factor) {
    return times(of(factor));
  }

  public Poly times(Poly other) {
    TreeMap<List<Atom>, Long> product = new TreeMap<>(MONOMIALS);
    terms.forEach(
        (m1, c1) ->
            other.terms.forEach(
                (m2, c2) -> accumulate(product, join(m1, m2), Math.multiplyExact(c1, c2))));
    return new Poly(product);
  }

  /**
   * {@code floor(this / divisor)}: exact where every term divides; else the terms that divide stand
   * outside of an {@link Atom.Quotient}: {@code floor((64*n + c)/64)} is {@code n + floor(c/64)}.
   */
  public Poly floorDiv(Poly divisor) {
    Poly exact = dividedBy(divisor);
    if (exact != null) {
      return exact;
    }
    Poly whole = wholePart(divisor);
    Poly rest = minus(whole.times(divisor));
    return rest.isZero() || (rest.isConstant() && divisor.isConstant())
        ? whole
        : whole.plus(of(new Atom.Quotient(rest, divisor)));
  }

  public Poly floorDiv(long divisor) {
    return floorDiv(of(divisor));
  }

  /** {@code this mod divisor}, of the terms that do not divide. */
  public Poly mod(Poly divisor) {
    if (dividedBy(divisor) != null) {
      return ZERO;
    }
    Poly rest = minus(wholePart(divisor).times(divisor));
    return rest.isConstant() && divisor.isConstant() ? rest : of(new Atom.Remainder(rest, divisor));
  }

  /**
   * The quotients of those terms that a divisor of one term divides; a constant is rounded down.
   */
  private Poly wholePart(Poly divisor) {
    Poly whole = ZERO;
    if (divisor.terms.size() == 1) {
      for (Map.Entry<List<Atom>, Long> term : terms.entrySet()) {
        Poly part = monomial(term.getKey(), term.getValue());
        Poly quotient =
            part.isConstant() && divisor.isConstant()
                ? of(Math.floorDiv(part.constant(), divisor.constant()))
                : part.dividedBy(divisor);
        whole = quotient == null ? whole : whole.plus(quotient);
      }
    }
    return whole;
  }

  /** The exact quotient, or null when the division leaves a rest. */
  public @Nullable Poly dividedBy(Poly divisor) {
    if (divisor.isZero()) {
      return null;
    }
    Poly quotient = ZERO;
    Poly rest = this;
    while (!rest.isZero()) {
      Map.Entry<List<Atom>, Long> top = rest.terms.firstEntry();
      Map.Entry<List<Atom>, Long> lead = divisor.terms.firstEntry();
      List<Atom> atoms = new ArrayList<>(top.getKey());
      for (Atom atom : lead.getKey()) {
        if (!atoms.remove(atom)) {
          return null;
        }
      }
      if (top.getValue() % lead.getValue() != 0) {
        return null;
      }
      Poly part = monomial(atoms, top.getValue() / lead.getValue());
      quotient = quotient.plus(part);
      rest = rest.minus(part.times(divisor));
    }
    return quotient;
  }

  private static Poly monomial(List<Atom> atoms, long coefficient) {
    TreeMap<List<Atom>, Long> terms = new TreeMap<>(MONOMIALS);
    terms.put(List.copyOf(atoms), coefficient);
    return new Poly(terms);
  }

  public boolean isConstant() {
    return terms.isEmpty() || (terms.size() == 1 && terms.firstKey().isEmpty());
  }

  public boolean isZero() {
    return terms.isEmpty();
  }

  /** Whether the value is certain to be at least {@code bound}, every symbol being at least 1. */
  public boolean isAtLeast(long bound) {
    long least = 0;
    for (Map.Entry<List<Atom>, Long> term : terms.entrySet()) {
      if (term.getKey().isEmpty()) {
        least += term.getValue();
      } else if (term.getValue() < 0) {
        return false;
      } else if (term.getKey().stream().allMatch(Atom.Symbol.class::isInstance)) {
        least += term.getValue();
      }
    }
    return least >= bound;
  }

  public boolean is(long value) {
    return isConstant() && constant() == value;
  }

  /** The value of a constant polynomial. */
  public long constant() {
    if (!isConstant()) {
      throw new IllegalStateException(this + " is not a constant");
    }
    return terms.isEmpty() ? 0 : terms.firstEntry().getValue();
  }

  public int intConstant() {
    return Math.toIntExact(constant());
  }

  /** The terms, highest degree first. */
  public List<Term> terms() {
    return terms.entrySet().stream().map(e -> new Term(e.getValue(), e.getKey())).toList();
  }

  /** One term: {@code coefficient * product of atoms}. */
  public record Term(long coefficient, List<Atom> atoms) {}

  /**
   * The atoms at the top level, in name order (those inside quotients are reached through them).
   */
  public Set<Atom> atoms() {
    Set<Atom> atoms = new TreeSet<>(Comparator.comparing(Atom::sortKey));
    terms.keySet().forEach(atoms::addAll);
    return atoms;
  }

  /** Replaces atoms, inside quotients and remainders too; the function returns null to keep one. */
  public Poly substitute(Function<Atom, @Nullable Poly> replacement) {
    Poly result = ZERO;
    for (Map.Entry<List<Atom>, Long> term : terms.entrySet()) {
      Poly product = of(term.getValue());
      for (Atom atom : term.getKey()) {
        product = product.times(substitute(atom, replacement));
      }
      result = result.plus(product);
    }
    return result;
  }

  private static Poly substitute(Atom atom, Function<Atom, @Nullable Poly> replacement) {
    Poly direct = replacement.apply(atom);
    return direct != null ? direct : atom.substitute(replacement);
  }

  /** A text that differs whenever two polynomials do, even between variables of one name. */
  public String sortKey() {
    StringBuilder key = new StringBuilder();
    terms.forEach(
        (monomial, c) ->
            key.append(c)
                .append(String.join("*", monomial.stream().map(Atom::sortKey).toList()))
                .append(' '));
    return key.toString();
  }

  private static List<Atom> join(List<Atom> a, List<Atom> b) {
    List<Atom> all = new ArrayList<>(a);
    all.addAll(b);
    all.sort(Comparator.comparing(Atom::sortKey));
    return List.copyOf(all);
  }

  private static void accumulate(TreeMap<List<Atom>, Long> terms, List<Atom> monomial, long c) {
    long sum = Math.addExact(terms.getOrDefault(monomial, 0L), c);
    if (sum == 0) {
      terms.remove(monomial);
    } else {
      terms.put(monomial, sum);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Poly p && terms.equals(p.terms);
  }

  @Override
  public int hashCode() {
    return Objects.hash(terms.keySet().size(), toString());
  }

  /** As a person writes it: {@code 64*N + 3}, {@code T - 2}. */
  @Override
  public String toString() {
    if (terms.isEmpty()) {
      return "0";
    }
    StringBuilder text = new StringBuilder();
    terms.forEach(
        (monomial, c) -> {
          text.append(text.isEmpty() ? (c < 0 ? "-" : "") : (c < 0 ? " - " : " + "));
          String product = String.join("*", monomial.stream().map(Atom::toString).toList());
          long size = Math.abs(c);
          text.append(
              product.isEmpty()
                  ? String.valueOf(size)
                  : size == 1 ? product : size + "*" + product);
        });
    return text.toString();
  }
}
