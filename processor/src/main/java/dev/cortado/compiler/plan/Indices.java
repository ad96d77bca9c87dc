package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Element;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Rewriter;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Index arithmetic that knows the ranges of loop variables: {@code (5*i + j) / 5} is {@code i}
 * where {@code j < 5}.
 */
final class Indices {
  /** A variable runs over {@code [0, extent)}. */
  private final Map<LoopVar, Poly> extents = new HashMap<>();

  void declare(LoopVar var, Poly extent) {
    extents.put(var, extent);
  }

  /** Replaces atoms wherever they stand, inside divisions and inside the indices of elements. */
  static Poly substitute(Poly p, Function<Atom, @Nullable Poly> replacement) {
    return p.substitute(atom -> replaced(atom, replacement));
  }

  private static @Nullable Poly replaced(Atom atom, Function<Atom, @Nullable Poly> replacement) {
    Poly direct = replacement.apply(atom);
    if (direct != null) {
      return direct;
    }
    if (atom instanceof Element(var source, Poly index)) {
      return Poly.of(new Element(source, substitute(index, replacement)));
    }
    return null;
  }

  /** The same expression with atoms of its indices, extents and integers replaced. */
  static Expr substitute(Expr e, Function<Atom, @Nullable Poly> replacement) {
    return new Rewriter(x -> null, atom -> replaced(atom, replacement)).of(e);
  }

  /** Visits every atom, also those inside others. */
  static void atoms(Poly p, Consumer<Atom> visitor) {
    for (Atom atom : p.atoms()) {
      visitor.accept(atom);
      switch (atom) {
        case Atom.Quotient q -> {
          atoms(q.dividend(), visitor);
          atoms(q.divisor(), visitor);
        }
        case Atom.Remainder r -> {
          atoms(r.dividend(), visitor);
          atoms(r.divisor(), visitor);
        }
        case Element e -> atoms(e.index(), visitor);
        default -> {}
      }
    }
  }

  /** Resolves divisions whose remainder is known to be small. */
  Poly simplify(Poly p) {
    return p.substitute(
        atom ->
            switch (atom) {
              case Atom.Quotient q -> quotient(simplify(q.dividend()), simplify(q.divisor()));
              case Atom.Remainder r -> remainder(simplify(r.dividend()), simplify(r.divisor()));
              case Element(var source, Poly index) -> Poly.of(new Element(source, simplify(index)));
              default -> null;
            });
  }

  Poly quotient(Poly dividend, Poly divisor) {
    Split split = split(dividend, divisor);
    return split != null ? split.whole : dividend.floorDiv(divisor);
  }

  Poly remainder(Poly dividend, Poly divisor) {
    Split split = split(dividend, divisor);
    return split != null ? split.rest : dividend.mod(divisor);
  }

  private record Split(Poly whole, Poly rest) {}

  /**
   * {@code dividend = whole * divisor + rest} with {@code 0 <= rest < divisor}, where that is
   * provable.
   */
  private @Nullable Split split(Poly dividend, Poly divisor) {
    Poly whole = Poly.ZERO;
    Poly rest = Poly.ZERO;
    for (Poly.Term term : dividend.terms()) {
      Poly t = poly(term);
      Poly exact = t.dividedBy(divisor);
      if (exact != null) {
        whole = whole.plus(exact);
      } else {
        rest = rest.plus(t);
      }
    }
    if (rest.isConstant() && divisor.isConstant()) {
      long d = divisor.constant();
      whole = whole.plus(Math.floorDiv(rest.constant(), d));
      return new Split(whole, Poly.of(Math.floorMod(rest.constant(), d)));
    }
    Poly most = upperBound(rest);
    return most != null && isNonNegative(divisor.minus(1).minus(most))
        ? new Split(whole, rest)
        : null;
  }

  static Poly poly(Poly.Term term) {
    Poly product = Poly.of(term.coefficient());
    for (Atom atom : term.atoms()) {
      product = product.times(Poly.of(atom));
    }
    return product;
  }

  /** The largest value of a polynomial that is never negative; null when that is not evident. */
  private @Nullable Poly upperBound(Poly p) {
    Poly sum = Poly.ZERO;
    for (Poly.Term term : p.terms()) {
      if (term.coefficient() < 0) {
        return null;
      }
      Poly product = Poly.of(term.coefficient());
      for (Atom atom : term.atoms()) {
        Poly most = upperBound(atom);
        if (most == null) {
          return null;
        }
        product = product.times(most);
      }
      sum = sum.plus(product);
    }
    return sum;
  }

  private @Nullable Poly upperBound(Atom atom) {
    return switch (atom) {
      case LoopVar v -> {
        Poly extent = extents.get(v);
        yield extent == null ? null : extent.minus(1);
      }
      case Atom.Symbol s -> Poly.of(s);
      case Atom.Remainder r -> r.divisor().minus(1);
      default -> null;
    };
  }

  /** True when a polynomial over symbols, each at least 1, is evidently not negative. */
  static boolean isNonNegative(Poly p) {
    long constant = 0;
    long negative = 0;
    long positive = 0;
    for (Poly.Term term : p.terms()) {
      if (term.atoms().isEmpty()) {
        constant = term.coefficient();
      } else if (term.coefficient() < 0) {
        negative++;
      } else {
        positive += term.coefficient();
      }
    }
    return negative == 0 && constant + positive >= 0;
  }

  /** True when {@code p} is evidently never negative, so that division may truncate. */
  boolean neverNegative(Poly p) {
    return upperBound(p) != null;
  }

  /**
   * Where, in a tensor of shape {@code to}, the element lies that has {@code index} in a tensor of
   * shape {@code from} of the same elements in the same order.
   */
  List<Poly> reshaped(List<Poly> index, Shape from, Shape to) {
    List<Poly> direct = withoutOnes(index, from, to);
    if (direct != null) {
      return direct;
    }
    Poly position = simplify(from.linear(index));
    List<Poly> result = new ArrayList<>();
    for (int i = 0; i < to.rank(); i++) {
      Poly below = to.count(i + 1, to.rank());
      Poly at = quotient(position, below);
      position = remainder(position, below);
      result.add(at);
    }
    return result;
  }

  /** The index when the shapes differ only in dimensions of 1. */
  private static @Nullable List<Poly> withoutOnes(List<Poly> index, Shape from, Shape to) {
    List<Poly> kept = new ArrayList<>();
    List<Poly> dims = new ArrayList<>();
    for (int i = 0; i < from.rank(); i++) {
      if (!from.dim(i).equals(Poly.ONE)) {
        kept.add(index.get(i));
        dims.add(from.dim(i));
      }
    }
    List<Poly> result = new ArrayList<>();
    int next = 0;
    for (Poly dim : to.dims()) {
      if (dim.equals(Poly.ONE)) {
        result.add(Poly.ZERO);
      } else if (next < dims.size() && dims.get(next).equals(dim)) {
        result.add(kept.get(next++));
      } else {
        return null;
      }
    }
    return next == dims.size() ? result : null;
  }

  /** True when computing the index takes no division. */
  static boolean isPlain(List<Poly> index) {
    return index.stream()
        .flatMap(p -> p.atoms().stream())
        .noneMatch(a -> a instanceof Atom.Quotient || a instanceof Atom.Remainder);
  }
}
