package dev.cortado.compiler.tornado;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.plan.Expressions;
import dev.cortado.compiler.plan.Usage;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds loops whose iterations write different elements, so that they may run at once: those whose
 * variables make up the written position as digits make up a number, {@code (row * 32 + c) * 7 +
 * x}. A sum over the loops that are left becomes a reduction.
 */
final class Disjoint {
  /** A loop, and how far the written position moves with its variable. */
  private record Digit(Expr.Axis axis, Poly slope) {
    /** How far it moves at most, and one more. */
    Poly span() {
      return slope.times(axis.extent());
    }
  }

  private Disjoint() {}

  /**
   * The nest for loops in order inside parallel loops, around one statement.
   *
   * @param around loops that are parallel already
   */
  static Nest parallel(List<Expr.Axis> around, List<Expr.Axis> loops, Stmt stmt) {
    Nest asPlanned = new Nest(around, inside(loops, stmt));
    Operand target;
    Poly position;
    switch (stmt) {
      case Stmt.Store(Operand to, Poly at, Expr value) -> {
        target = to;
        position = at;
      }
      case Stmt.Accumulate(Operand to, Poly at, Expr value) -> {
        target = to;
        position = at;
      }
      default -> {
        return asPlanned;
      }
    }
    List<Expr.Axis> all = new ArrayList<>(around);
    all.addAll(loops);
    List<Digit> digits = digits(all, position);
    Set<LoopVar> free = new HashSet<>();
    digits.forEach(d -> free.add(d.axis.var()));
    boolean keepsOuter = around.stream().allMatch(a -> free.contains(a.var()));
    if (!keepsOuter || !areDigits(digits, position) || readsElsewhere(stmt, target, position)) {
      return asPlanned;
    }
    List<Expr.Axis> left = loops.stream().filter(a -> !free.contains(a.var())).toList();
    return new Nest(digits.stream().map(Digit::axis).toList(), rest(left, stmt, target, position));
  }

  private static List<Stmt> inside(List<Expr.Axis> loops, Stmt stmt) {
    List<Stmt> body = List.of(stmt);
    for (Expr.Axis loop : loops.reversed()) {
      body = List.of(new Stmt.For(loop.var(), loop.extent(), false, body));
    }
    return body;
  }

  private static List<Stmt> rest(List<Expr.Axis> left, Stmt stmt, Operand target, Poly position) {
    boolean fixed = left.stream().noneMatch(a -> mentions(position, a.var()));
    if (!left.isEmpty() && fixed && stmt instanceof Stmt.Accumulate a) {
      Expr sum = new Expr.Reduce(Expr.Reduction.SUM, left, a.value());
      return List.of(new Stmt.Accumulate(target, position, sum));
    }
    return inside(left, stmt);
  }

  /** The loops that move the position evenly, by how far they do, the farthest first. */
  private static List<Digit> digits(List<Expr.Axis> loops, Poly position) {
    List<Digit> digits = new ArrayList<>();
    for (Expr.Axis axis : loops) {
      Poly slope = slope(position, axis.var());
      boolean even =
          slope.isAtLeast(1) && atoms(slope).stream().allMatch(a -> a instanceof Atom.Symbol);
      if (even) {
        digits.add(new Digit(axis, slope));
      }
    }
    digits.sort(Comparator.comparingDouble((Digit d) -> Typical.of(d.slope)).reversed());
    return digits;
  }

  private static Poly slope(Poly position, LoopVar var) {
    Poly next = position.substitute(a -> a.equals(var) ? Poly.of((Atom) var).plus(1) : null);
    return next.minus(position);
  }

  /**
   * Whether each digit spans no more than the next one moves, and all no more than what is left.
   */
  private static boolean areDigits(List<Digit> digits, Poly position) {
    for (int i = 1; i < digits.size(); i++) {
      if (!digits.get(i - 1).slope.minus(digits.get(i).span()).isAtLeast(0)) {
        return false;
      }
    }
    Set<Atom> free = new HashSet<>();
    digits.forEach(d -> free.add(d.axis.var()));
    Poly moving = Poly.ZERO;
    for (Poly.Term term : position.terms()) {
      boolean own = term.atoms().stream().anyMatch(free::contains);
      boolean constant = term.atoms().stream().allMatch(a -> a instanceof Atom.Symbol);
      if (!own && !constant) {
        moving = moving.plus(poly(term));
      }
    }
    return moving.isZero()
        || digits.isEmpty()
        || moving.dividedBy(digits.getFirst().span()) != null;
  }

  private static Poly poly(Poly.Term term) {
    Poly product = Poly.of(term.coefficient());
    for (Atom atom : term.atoms()) {
      product = product.times(Poly.of(atom));
    }
    return product;
  }

  /** Whether the statement reads elements of its target other than the one that it writes. */
  private static boolean readsElsewhere(Stmt stmt, Operand target, Poly position) {
    boolean[] found = {false};
    Expressions.roots(
        stmt,
        root ->
            Expressions.visit(
                root,
                e ->
                    found[0] |=
                        e instanceof Expr.Load(Operand from, Poly at)
                            && from.equals(target)
                            && !at.equals(position)));
    return found[0];
  }

  private static boolean mentions(Poly p, LoopVar var) {
    return atoms(p).contains(var);
  }

  private static Set<Atom> atoms(Poly p) {
    Set<Atom> atoms = new HashSet<>();
    Usage.atoms(p, atoms::add);
    return atoms;
  }
}
