package dev.cortado.compiler.tornado;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.plan.Expressions;
import dev.cortado.compiler.plan.Usage;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What can be said of the reductions in an expression. */
final class Sums {
  private Sums() {}

  /** All of them, outer ones first. */
  static List<Expr.Reduce> all(Expr value) {
    List<Expr.Reduce> found = new ArrayList<>();
    Expressions.visit(
        value,
        e -> {
          if (e instanceof Expr.Reduce r) {
            found.add(r);
          }
        });
    return found;
  }

  /**
   * Those that may be computed before everything else, each after those that it reads: they stand
   * in no other's loop that they depend on, and under no condition.
   */
  static List<Expr.Reduce> free(Expr value) {
    List<Expr.Reduce> found = new ArrayList<>();
    collect(value, Set.of(), found, Collections.newSetFromMap(new IdentityHashMap<>()));
    return found;
  }

  private static void collect(Expr e, Set<LoopVar> loops, List<Expr.Reduce> found, Set<Expr> seen) {
    if (!seen.add(e)) {
      return;
    }
    switch (e) {
      case Expr.Reduce r -> {
        Set<LoopVar> inside = new HashSet<>(loops);
        r.axes().forEach(a -> inside.add(a.var()));
        collect(r.body(), inside, found, seen);
        if (Collections.disjoint(variables(r), loops)) {
          found.add(r);
        }
      }
      case Expr.Select s when s.cond() instanceof Cond.Compare c -> {
        collect(c.a(), loops, found, seen);
        collect(c.b(), loops, found, seen);
      }
      case Expr.Select s -> {}
      default -> Expressions.children(e, child -> collect(child, loops, found, seen));
    }
  }

  /** How many elements it reads, at typical sizes. */
  static double length(Expr.Reduce r) {
    return r.axes().stream().mapToDouble(a -> Typical.of(a.extent())).reduce(1, (a, b) -> a * b);
  }

  /** The variables of loops around that a reduction depends on. */
  static Set<LoopVar> variables(Expr.Reduce r) {
    Set<LoopVar> vars = new HashSet<>();
    Set<LoopVar> own = new HashSet<>();
    Expressions.visit(
        r,
        e -> {
          if (e instanceof Expr.Reduce inner) {
            inner.axes().forEach(a -> own.add(a.var()));
          }
          Expressions.indices(e, p -> loops(p, vars::add));
        });
    vars.removeAll(own);
    return vars;
  }

  /** The loop variables in an index. */
  static void loops(Poly p, Consumer<LoopVar> visitor) {
    Usage.atoms(
        p,
        a -> {
          if (a instanceof LoopVar v) {
            visitor.accept(v);
          }
        });
  }
}
