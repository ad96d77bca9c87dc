package dev.cortado.compiler.emit;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Rewriter;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.plan.Expressions;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an innermost loop where a condition on its variable changes, as in a concatenation: {@code i
 * < 128 ? a[i] : b[i - 128]} for {@code i} in {@code [0, 256)} becomes two loops without a
 * condition.
 */
final class SplitRanges {
  /** A loop is cut into no more parts. */
  private static final int MOST_PARTS = 12;

  private SplitRanges() {}

  /** The same statements; the outermost loop stays whole, for its range is the kernel's. */
  static List<Stmt> of(List<Stmt> body) {
    List<Stmt> result = new ArrayList<>();
    for (Stmt s : body) {
      result.add(s instanceof Stmt.For f ? inside(f) : s);
    }
    return result;
  }

  private static Stmt inside(Stmt.For loop) {
    List<Stmt> body = new ArrayList<>();
    for (Stmt s : loop.body()) {
      if (s instanceof Stmt.For inner) {
        body.addAll(isInnermost(inner) ? parts(inner) : List.of(inside(inner)));
      } else {
        body.add(s);
      }
    }
    return new Stmt.For(loop.var(), loop.extent(), loop.parallel(), body);
  }

  private static boolean isInnermost(Stmt.For loop) {
    return loop.body().size() == 1
        && (loop.body().getFirst() instanceof Stmt.Store
            || loop.body().getFirst() instanceof Stmt.Accumulate);
  }

  private static List<Stmt> parts(Stmt.For loop) {
    if (!loop.extent().isConstant()) {
      return List.of(loop);
    }
    TreeSet<Long> cuts = new TreeSet<>();
    Expressions.roots(
        loop.body().getFirst(),
        root ->
            Expressions.visit(
                root,
                e -> {
                  if (e instanceof Expr.Select s) {
                    cuts(s.cond(), loop.var(), loop.extent().constant(), cuts);
                  }
                }));
    if (cuts.isEmpty() || cuts.size() >= MOST_PARTS) {
      return List.of(loop);
    }
    cuts.add(loop.extent().constant());
    List<Stmt> parts = new ArrayList<>();
    long from = 0;
    for (long to : cuts) {
      parts.add(part(loop, from, to));
      from = to;
    }
    return parts;
  }

  /** Where a comparison of places changes its answer. */
  private static void cuts(Cond cond, LoopVar var, long extent, TreeSet<Long> cuts) {
    switch (cond) {
      case Cond.And(Cond a, Cond b) -> {
        cuts(a, var, extent, cuts);
        cuts(b, var, extent, cuts);
      }
      case Cond.Or(Cond a, Cond b) -> {
        cuts(a, var, extent, cuts);
        cuts(b, var, extent, cuts);
      }
      case Cond.Not(Cond a) -> cuts(a, var, extent, cuts);
      case Cond.CompareInt(var op, Poly a, Poly b) -> {
        Poly difference = a.minus(b);
        Poly slope = Expressions.slope(difference, var);
        Poly rest = difference.minus(slope.times(Poly.of((Atom) var)));
        if (slope.isConstant() && !slope.isZero() && rest.isConstant()) {
          boolean previous = holds(op, rest.constant());
          for (long i = 1; i < extent && cuts.size() < MOST_PARTS; i++) {
            boolean here = holds(op, rest.constant() + slope.constant() * i);
            if (here != previous) {
              cuts.add(i);
            }
            previous = here;
          }
        }
      }
      case Cond.Compare c -> {}
      case Cond.Always a -> {}
    }
  }

  private static boolean holds(Expr.Comparison op, long difference) {
    return switch (op) {
      case LT -> difference < 0;
      case LE -> difference <= 0;
      case GT -> difference > 0;
      case GE -> difference >= 0;
      case EQ -> difference == 0;
      case NE -> difference != 0;
    };
  }

  private static Stmt part(Stmt.For loop, long from, long to) {
    LoopVar own = LoopVar.named(loop.var().name());
    Part part = new Part(loop.var(), from, Poly.of((Atom) own).plus(from));
    Stmt stored =
        switch (loop.body().getFirst()) {
          case Stmt.Store s ->
              new Stmt.Store(s.target(), part.rewriter.of(s.index()), part.rewriter.of(s.value()));
          case Stmt.Accumulate a ->
              new Stmt.Accumulate(
                  a.target(), part.rewriter.of(a.index()), part.rewriter.of(a.value()));
          default -> throw new IllegalStateException("not innermost: " + loop);
        };
    return new Stmt.For(own, Poly.of(to - from), false, List.of(stored));
  }

  /** Moves expressions to a part, where conditions on the variable are as at its start. */
  private static final class Part {
    private final LoopVar var;
    private final long from;
    private final Rewriter rewriter;

    Part(LoopVar var, long from, Poly moved) {
      this.var = var;
      this.from = from;
      this.rewriter = new Rewriter(this::decided, a -> a.equals(var) ? moved : null);
    }

    private @Nullable Expr decided(Expr e) {
      return e instanceof Expr.Select(Cond cond, Expr then, Expr otherwise)
          ? Formula.select(rewriter.of(decided(cond)), rewriter.of(then), rewriter.of(otherwise))
          : null;
    }

    private Cond decided(Cond cond) {
      return switch (cond) {
        case Cond.And(Cond a, Cond b) -> Formula.and(decided(a), decided(b));
        case Cond.Or(Cond a, Cond b) -> Formula.or(decided(a), decided(b));
        case Cond.Not(Cond a) -> Formula.not(decided(a));
        case Cond.CompareInt(var op, Poly a, Poly b) -> {
          Poly start = a.minus(b).substitute(atom -> atom.equals(var) ? Poly.of(from) : null);
          yield start.isConstant() && Expressions.slope(a.minus(b), var).isConstant()
              ? new Cond.Always(holds(op, start.constant()))
              : cond;
        }
        case Cond.Compare c -> c;
        case Cond.Always a -> a;
      };
    }
  }
}
