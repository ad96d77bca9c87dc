package dev.cortado.compiler.emit;

import dev.cortado.compiler.expr.Element;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Expressions;
import dev.cortado.compiler.plan.Usage;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Which loops can run as chains of operations on strips of consecutive elements: those whose result
 * is contiguous, and whose operands are, or lie at equal distances.
 */
final class StripForm {
  /** Shorter loops are not worth a call for each operation. */
  private static final int SHORTEST = 8;

  private StripForm() {}

  /** Whether the loop, which stores one element each time around, fits. */
  static boolean fits(Stmt.For loop) {
    return loop.body().size() == 1
        && isLong(loop.extent())
        && switch (loop.body().getFirst()) {
          case Stmt.Store s -> fits(s.index(), s.value(), loop.var());
          case Stmt.Accumulate a -> fits(a.index(), a.value(), loop.var());
          default -> false;
        };
  }

  private static boolean fits(Poly position, Expr value, LoopVar var) {
    return Expressions.slope(position, var).is(1)
        && fits(value, var, seen())
        && (!loads(value, var) || readsInOrder(value, var));
  }

  /** Whether the last axis of the reduction can be reduced a strip at a time. */
  static boolean fits(Expr.Reduce reduce) {
    Expr.Axis axis = reduce.axes().getLast();
    return reduce.kind() != Expr.Reduction.ARGMAX
        && isLong(axis.extent())
        && dependsOn(reduce.body(), axis.var())
        && fits(reduce.body(), axis.var(), seen())
        && readsInOrder(reduce.body(), axis.var());
  }

  private static boolean loads(Expr value, LoopVar var) {
    boolean[] found = {false};
    Expressions.visit(value, e -> found[0] |= e instanceof Expr.Load l && mentions(l.index(), var));
    return found[0];
  }

  /** Some operand lies in the order of the axis; gathering all of them would bring nothing. */
  private static boolean readsInOrder(Expr body, LoopVar var) {
    boolean[] found = {false};
    Expressions.visit(
        body, e -> found[0] |= e instanceof Expr.Load l && Expressions.slope(l.index(), var).is(1));
    return found[0];
  }

  private static boolean isLong(Poly extent) {
    return !extent.isConstant() || extent.constant() >= SHORTEST;
  }

  private static Set<Expr> seen() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private static boolean fits(Expr e, LoopVar var, Set<Expr> seen) {
    if (!seen.add(e)) {
      return true;
    }
    if (!dependsOn(e, var)) {
      return true;
    }
    return switch (e) {
      case Expr.Load(Operand source, Poly index) ->
          isFloat(source)
              && !mentions(Expressions.slope(index, var), var)
              && isPlain(Expressions.slope(index, var));
      case Expr.Random(int stream, Poly index) -> Expressions.slope(index, var).is(1);
      case Expr.Unary u -> fits(u.x(), var, seen);
      case Expr.Binary b -> fits(b.a(), var, seen) && fits(b.b(), var, seen);
      case Expr.Select s ->
          (dependsOn(s.cond(), var)
                  ? fits(s.cond(), var, seen)
                  : isSimple(s.cond())
                      && isWritable(s.then(), var)
                      && isWritable(s.otherwise(), var))
              && fits(s.then(), var, seen)
              && fits(s.otherwise(), var, seen);
      case Expr.Reduce r ->
          r.kind() != Expr.Reduction.ARGMAX
              && fits(r.body(), var, seen)
              && isWritable(r.body(), var);
      case Expr.OfInt i -> false;
      case Expr.Const c -> true;
      case Expr.Arg a -> false;
    };
  }

  /** A condition on the elements; one on places would have to be decided for each of them. */
  private static boolean fits(Cond cond, LoopVar var, Set<Expr> seen) {
    return switch (cond) {
      case Cond.Compare(var op, Expr a, Expr b) -> fits(a, var, seen) && fits(b, var, seen);
      case Cond.And(Cond a, Cond b) -> fits(a, var, seen) && fits(b, var, seen);
      case Cond.Or(Cond a, Cond b) -> fits(a, var, seen) && fits(b, var, seen);
      case Cond.Not(Cond a) -> fits(a, var, seen);
      case Cond.CompareInt c -> false;
      case Cond.Always a -> true;
    };
  }

  /** Whether what is the same for the whole strip can be written out where it is read. */
  private static boolean isWritable(Expr e, LoopVar var) {
    return scalars(e, var).stream().allMatch(StripForm::isSimple);
  }

  /** Whether the expression can be written out where it stands. */
  private static boolean isSimple(Expr e) {
    boolean[] simple = {true};
    Expressions.visit(
        e, x -> simple[0] &= !(x instanceof Expr.Select) && !(x instanceof Expr.Reduce));
    return simple[0];
  }

  private static boolean isSimple(Cond cond) {
    boolean[] simple = {true};
    Expressions.children(cond, e -> simple[0] &= isSimple(e));
    return simple[0];
  }

  private static boolean isFloat(Operand operand) {
    return !(operand instanceof Buffer b) || b.type().element() == ElementType.FLOAT;
  }

  private static boolean isPlain(Poly p) {
    return p.atoms().stream().noneMatch(a -> a instanceof Element);
  }

  static boolean mentions(Poly p, LoopVar var) {
    boolean[] found = {false};
    Usage.atoms(p, a -> found[0] |= a.equals(var));
    return found[0];
  }

  static boolean dependsOn(Expr root, LoopVar var) {
    boolean[] found = {false};
    Expressions.visit(
        root, e -> Expressions.indices(e, p -> found[0] = found[0] || mentions(p, var)));
    return found[0];
  }

  static boolean dependsOn(Cond cond, LoopVar var) {
    boolean[] found = {false};
    Expressions.indices(cond, p -> found[0] |= mentions(p, var));
    Expressions.children(cond, e -> found[0] |= dependsOn(e, var));
    return found[0];
  }

  /**
   * The largest subexpressions that are the same for the whole strip. What stands in a reduction or
   * under a condition on places is written out there and does not count.
   */
  static List<Expr> scalars(Expr root, LoopVar var) {
    List<Expr> scalars = new ArrayList<>();
    scalars(root, var, scalars, seen());
    return scalars;
  }

  private static boolean hasOwnPlace(Expr e, LoopVar var) {
    return e instanceof Expr.Reduce || (e instanceof Expr.Select s && !dependsOn(s.cond(), var));
  }

  private static void scalars(Expr e, LoopVar var, List<Expr> scalars, Set<Expr> seen) {
    if (!seen.add(e)) {
      return;
    }
    if (!dependsOn(e, var)) {
      scalars.add(e);
    } else if (!hasOwnPlace(e, var)) {
      Expressions.children(e, child -> scalars(child, var, scalars, seen));
    }
  }
}
