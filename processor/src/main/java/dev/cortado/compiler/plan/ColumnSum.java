package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Rewriter;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sums over rows, as of a bias's gradient: adding row after row to the result walks memory in
 * order, where one column after the other would jump.
 */
final class ColumnSum {
  private ColumnSum() {}

  /** The statements of {@code nest} in that order, when it is such a sum. */
  static Optional<List<Stmt>> of(LoopNest nest) {
    List<Expr.Reduce> sums = new ArrayList<>();
    Expressions.visit(
        nest.value(),
        e -> {
          if (e instanceof Expr.Reduce r) {
            sums.add(r);
          }
        });
    if (sums.size() != 1 || nest.loops().isEmpty()) {
      return Optional.empty();
    }
    Expr.Reduce sum = sums.getFirst();
    LoopVar column = nest.loops().getLast().var();
    LoopVar row = sum.axes().getLast().var();
    if (sum.kind() != Expr.Reduction.SUM
        || contiguous(sum.body(), column) <= contiguous(sum.body(), row)) {
      return Optional.empty();
    }
    return Optional.of(statements(nest, sum));
  }

  /** How many loads move by one element with {@code var}. */
  private static int contiguous(Expr body, LoopVar var) {
    int[] count = {0};
    Expressions.visit(
        body,
        e -> {
          if (e instanceof Expr.Load load && Expressions.slope(load.index(), var).is(1)) {
            count[0]++;
          }
        });
    return count[0];
  }

  private static List<Stmt> statements(LoopNest nest, Expr.Reduce sum) {
    List<Stmt> body = new ArrayList<>();
    Expr.Axis column = nest.loops().getLast();
    Buffer target = nest.target();
    body.add(columns(column, new Stmt.Store(target, nest.position(), new Expr.Const(0))));
    Stmt add = columns(column, new Stmt.Accumulate(target, nest.position(), sum.body()));
    for (Expr.Axis axis : sum.axes().reversed()) {
      add = new Stmt.For(axis.var(), axis.extent(), false, List.of(add));
    }
    body.add(add);
    if (!(nest.value() instanceof Expr.Reduce)) {
      Expr total = new Expr.Load(target, nest.position());
      Expr rest =
          new Rewriter(e -> e instanceof Expr.Reduce ? total : null, a -> null).of(nest.value());
      body.add(columns(column, new Stmt.Store(target, nest.position(), new Sharing().share(rest))));
    }
    return LoopNest.around(nest.loops().subList(0, nest.loops().size() - 1), body);
  }

  /** One pass over the columns; every pass has a variable of its own. */
  private static Stmt columns(Expr.Axis column, Stmt body) {
    LoopVar own = LoopVar.named(column.var().name());
    Poly var = Poly.of((Atom) own);
    Stmt renamed =
        switch (body) {
          case Stmt.Store s ->
              new Stmt.Store(
                  s.target(), at(s.index(), column.var(), var), at(s.value(), column.var(), var));
          case Stmt.Accumulate a ->
              new Stmt.Accumulate(
                  a.target(), at(a.index(), column.var(), var), at(a.value(), column.var(), var));
          default -> throw new IllegalArgumentException("not a store: " + body);
        };
    return new Stmt.For(own, column.extent(), false, List.of(renamed));
  }

  private static Poly at(Poly p, LoopVar var, Poly replacement) {
    return Indices.substitute(p, a -> a.equals(var) ? replacement : null);
  }

  private static Expr at(Expr e, LoopVar var, Poly replacement) {
    return new Sharing().share(Indices.substitute(e, a -> a.equals(var) ? replacement : null));
  }
}
