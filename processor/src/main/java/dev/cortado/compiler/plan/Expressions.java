package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Walks over expressions as graphs: a shared subexpression is visited once. */
public final class Expressions {
  private Expressions() {}

  /** Visits {@code root} and everything below it, each object once, parents before children. */
  public static void visit(Expr root, Consumer<Expr> visitor) {
    visit(root, visitor, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static void visit(Expr e, Consumer<Expr> visitor, Set<Expr> seen) {
    if (seen.add(e)) {
      visitor.accept(e);
      children(e, child -> visit(child, visitor, seen));
    }
  }

  /** How far an index moves when a loop's variable moves by one. */
  public static Poly slope(Poly index, LoopVar var) {
    Poly next = index.substitute(a -> a.equals(var) ? Poly.of((Atom) var).plus(1) : null);
    return next.minus(index);
  }

  /** The expressions right below {@code e}. */
  public static void children(Expr e, Consumer<Expr> visitor) {
    switch (e) {
      case Expr.Unary u -> visitor.accept(u.x());
      case Expr.Binary b -> {
        visitor.accept(b.a());
        visitor.accept(b.b());
      }
      case Expr.Select s -> {
        children(s.cond(), visitor);
        visitor.accept(s.then());
        visitor.accept(s.otherwise());
      }
      case Expr.Reduce r -> visitor.accept(r.body());
      case Expr.Const c -> {}
      case Expr.Arg a -> {}
      case Expr.Load l -> {}
      case Expr.OfInt i -> {}
      case Expr.Random r -> {}
    }
  }

  /** The expressions that a condition compares. */
  public static void children(Cond cond, Consumer<Expr> visitor) {
    switch (cond) {
      case Cond.Compare c -> {
        visitor.accept(c.a());
        visitor.accept(c.b());
      }
      case Cond.And(Cond a, Cond b) -> {
        children(a, visitor);
        children(b, visitor);
      }
      case Cond.Or(Cond a, Cond b) -> {
        children(a, visitor);
        children(b, visitor);
      }
      case Cond.Not(Cond a) -> children(a, visitor);
      case Cond.CompareInt c -> {}
      case Cond.Always a -> {}
    }
  }

  /** The indices, extents and integers that stand in {@code e} itself, not below it. */
  public static void indices(Expr e, Consumer<Poly> visitor) {
    switch (e) {
      case Expr.Load l -> visitor.accept(l.index());
      case Expr.OfInt i -> visitor.accept(i.value());
      case Expr.Random r -> visitor.accept(r.index());
      case Expr.Reduce r -> r.axes().forEach(a -> visitor.accept(a.extent()));
      case Expr.Select s -> indices(s.cond(), visitor);
      case Expr.Const c -> {}
      case Expr.Arg a -> {}
      case Expr.Unary u -> {}
      case Expr.Binary b -> {}
    }
  }

  /** The integers that a condition compares. */
  public static void indices(Cond cond, Consumer<Poly> visitor) {
    switch (cond) {
      case Cond.CompareInt c -> {
        visitor.accept(c.a());
        visitor.accept(c.b());
      }
      case Cond.And(Cond a, Cond b) -> {
        indices(a, visitor);
        indices(b, visitor);
      }
      case Cond.Or(Cond a, Cond b) -> {
        indices(a, visitor);
        indices(b, visitor);
      }
      case Cond.Not(Cond a) -> indices(a, visitor);
      case Cond.Compare c -> {}
      case Cond.Always a -> {}
    }
  }

  /** Visits every statement, outer before inner. */
  public static void statements(List<Stmt> body, Consumer<Stmt> visitor) {
    for (Stmt s : body) {
      visitor.accept(s);
      switch (s) {
        case Stmt.For f -> statements(f.body(), visitor);
        case Stmt.If i -> statements(i.body(), visitor);
        case Stmt.Store st -> {}
        case Stmt.Accumulate a -> {}
        case Stmt.Let l -> {}
      }
    }
  }

  /** The expressions that stand in a statement itself, not in statements below it. */
  public static void roots(Stmt s, Consumer<Expr> visitor) {
    switch (s) {
      case Stmt.Store st -> visitor.accept(st.value());
      case Stmt.Accumulate a -> visitor.accept(a.value());
      case Stmt.Let l -> visitor.accept(l.value());
      case Stmt.If i -> children(i.cond(), visitor);
      case Stmt.For f -> {}
    }
  }

  /** The indices and extents that stand in a statement itself. */
  public static void indices(Stmt s, Consumer<Poly> visitor) {
    switch (s) {
      case Stmt.Store st -> visitor.accept(st.index());
      case Stmt.Accumulate a -> visitor.accept(a.index());
      case Stmt.If i -> indices(i.cond(), visitor);
      case Stmt.For f -> visitor.accept(f.extent());
      case Stmt.Let l -> {}
    }
  }
}
