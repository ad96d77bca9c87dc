package dev.cortado.compiler.expr;

import dev.cortado.compiler.expr.Expr.Cond;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What occurs in an expression. Each walk looks at a shared subexpression once. */
public final class Occurrences {
  private Occurrences() {}

  /** Shows {@code visitor} every subexpression, {@code e} included. */
  public static void visit(Expr e, Consumer<Expr> visitor) {
    visit(e, visitor, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static void visit(Expr e, Consumer<Expr> visitor, Set<Expr> seen) {
    if (seen.add(e)) {
      visitor.accept(e);
      children(e).forEach(c -> visit(c, visitor, seen));
    }
  }

  /** The indices of the arguments the value depends on. */
  public static SortedSet<Integer> arguments(Expr e) {
    SortedSet<Integer> found = new TreeSet<>();
    visit(
        e,
        x -> {
          if (x instanceof Expr.Arg a) {
            found.add(a.index());
          }
        });
    return found;
  }

  /**
   * The size when written out in full, which may be exponential in the number of distinct parts.
   */
  public static double writtenSize(Expr e) {
    return writtenSize(e, new IdentityHashMap<>());
  }

  private static double writtenSize(Expr e, Map<Expr, Double> known) {
    Double size = known.get(e);
    if (size == null) {
      double sum = 1;
      for (Expr child : children(e)) {
        sum += writtenSize(child, known);
      }
      size = sum;
      known.put(e, size);
    }
    return size;
  }

  /** The expressions directly below, those of conditions included. */
  public static List<Expr> children(Expr e) {
    return switch (e) {
      case Expr.Const c -> List.of();
      case Expr.Arg a -> List.of();
      case Expr.Load l -> List.of();
      case Expr.OfInt i -> List.of();
      case Expr.Random r -> List.of();
      case Expr.Unary u -> List.of(u.x());
      case Expr.Binary b -> List.of(b.a(), b.b());
      case Expr.Reduce r -> List.of(r.body());
      case Expr.Select s -> {
        List<Expr> all = new ArrayList<>();
        collect(s.cond(), all);
        all.add(s.then());
        all.add(s.otherwise());
        yield all;
      }
    };
  }

  private static void collect(Cond cond, List<Expr> into) {
    switch (cond) {
      case Cond.Compare c -> {
        into.add(c.a());
        into.add(c.b());
      }
      case Cond.And c -> {
        collect(c.a(), into);
        collect(c.b(), into);
      }
      case Cond.Or c -> {
        collect(c.a(), into);
        collect(c.b(), into);
      }
      case Cond.Not c -> collect(c.a(), into);
      case Cond.CompareInt c -> {}
      case Cond.Always c -> {}
    }
  }
}
