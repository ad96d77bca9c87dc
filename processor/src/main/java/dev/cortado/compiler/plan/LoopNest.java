package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Rewriter;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Perfectly nested loops that store one element each: {@code target[position] = value}. Adjacent
 * loops over elements that lie one after the other everywhere become one loop.
 */
record LoopNest(List<Expr.Axis> loops, Buffer target, Poly position, Expr value) {

  /** The nest as a statement; every loop may run in parallel. */
  List<Stmt> statements() {
    return around(loops, List.of(new Stmt.Store(target, position, value)));
  }

  static List<Stmt> around(List<Expr.Axis> loops, List<Stmt> innermost) {
    List<Stmt> body = innermost;
    for (Expr.Axis loop : loops.reversed()) {
      body = List.of(new Stmt.For(loop.var(), loop.extent(), true, body));
    }
    return body;
  }

  /** Fewer, longer loops that do the same. */
  LoopNest collapsed() {
    LoopNest nest = this;
    for (int i = nest.loops.size() - 2; i >= 0; i--) {
      LoopNest merged = nest.merged(i);
      if (merged != null) {
        nest = merged;
      }
    }
    return nest.withReductionsCollapsed();
  }

  private @Nullable LoopNest merged(int outer) {
    Merge merge = new Merge(loops.get(outer), loops.get(outer + 1));
    if (!merge.fits(position) || !merge.fits(value)) {
      return null;
    }
    List<Expr.Axis> fewer = new ArrayList<>(loops);
    fewer.set(outer, merge.axis());
    fewer.remove(outer + 1);
    return new LoopNest(fewer, target, merge.apply(position), merge.apply(value));
  }

  private LoopNest withReductionsCollapsed() {
    return new LoopNest(loops, target, position, collapsedReductions(value));
  }

  /** The same expression with adjacent axes of its reductions merged where that fits. */
  private static Expr collapsedReductions(Expr e) {
    Function<Expr, @Nullable Expr> replace =
        new Function<>() {
          @Override
          public @Nullable Expr apply(Expr x) {
            if (!(x instanceof Expr.Reduce r)) {
              return null;
            }
            Expr.Reduce inner =
                new Expr.Reduce(r.kind(), r.axes(), new Rewriter(this, a -> null).of(r.body()));
            for (int i = inner.axes().size() - 2; i >= 0; i--) {
              Merge merge = new Merge(inner.axes().get(i), inner.axes().get(i + 1));
              if (merge.fits(inner.body())) {
                List<Expr.Axis> axes = new ArrayList<>(inner.axes());
                axes.set(i, merge.axis());
                axes.remove(i + 1);
                inner = new Expr.Reduce(inner.kind(), axes, merge.apply(inner.body()));
              }
            }
            List<Expr.Axis> needed =
                inner.axes().stream().filter(a -> !a.extent().equals(Poly.ONE)).toList();
            return new Expr.Reduce(
                inner.kind(), needed.isEmpty() ? inner.axes() : needed, inner.body());
          }
        };
    return new Sharing().share(new Rewriter(replace, a -> null).of(e));
  }

  /** Replaces an outer and an inner variable by one that runs over both. */
  private static final class Merge {
    private final Expr.Axis outer;
    private final Expr.Axis inner;
    private final Expr.Axis both;

    Merge(Expr.Axis outer, Expr.Axis inner) {
      this.outer = outer;
      this.inner = inner;
      this.both = new Expr.Axis(LoopVar.named("i"), outer.extent().times(inner.extent()));
    }

    Expr.Axis axis() {
      return both;
    }

    /** True when every index depends on the two only through the position they make together. */
    boolean fits(Expr e) {
      boolean[] all = {true};
      Expressions.visit(e, x -> Expressions.indices(x, p -> all[0] &= fits(p)));
      return all[0];
    }

    boolean fits(Poly p) {
      Poly together = Poly.of(outer.var()).times(inner.extent()).plus(Poly.of(inner.var()));
      return Indices.substitute(apply(p), a -> a.equals(both.var()) ? together : null).equals(p);
    }

    Poly apply(Poly p) {
      return Indices.substitute(p, this::replaced);
    }

    private @Nullable Poly replaced(Atom a) {
      if (a.equals(outer.var())) {
        return Poly.ZERO;
      }
      return a.equals(inner.var()) ? Poly.of(both.var()) : null;
    }

    Expr apply(Expr e) {
      return new Sharing().share(Indices.substitute(e, this::replaced));
    }
  }
}
