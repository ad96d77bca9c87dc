package dev.cortado.compiler.tornado;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Stmt;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the statements of a kernel apart into nests of parallel loops. One nest is one kernel on a
 * device: two parallel loops one after the other in a method would be two dimensions of one grid.
 *
 * <p>Statements one after the other inside parallel loops become nests one after the other, which
 * changes nothing, since iterations of parallel loops do not depend on each other. Loops that the
 * plan runs in order, for a CPU's sake, run in parallel here where {@link Disjoint} sees that they
 * write different elements.
 */
final class LoopNests {
  private final List<Nest> nests = new ArrayList<>();

  private LoopNests() {}

  static List<Nest> of(List<Stmt> body) {
    LoopNests parts = new LoopNests();
    parts.add(List.of(), body);
    return Merging.of(parts.nests);
  }

  private void add(List<Expr.Axis> around, List<Stmt> body) {
    boolean separable = body.stream().noneMatch(s -> s instanceof Stmt.Let);
    if (body.size() > 1 && separable) {
      body.forEach(s -> add(around, List.of(s)));
    } else if (body.size() == 1 && body.getFirst() instanceof Stmt.For loop) {
      if (loop.parallel()) {
        List<Expr.Axis> inside = new ArrayList<>(around);
        inside.add(new Expr.Axis(loop.var(), loop.extent()));
        add(inside, loop.body());
      } else {
        inOrder(around, loop);
      }
    } else {
      nests.add(new Nest(around, body));
    }
  }

  /** Loops in order, around one statement or more. */
  private void inOrder(List<Expr.Axis> around, Stmt.For outermost) {
    List<Expr.Axis> loops = new ArrayList<>();
    List<Stmt> body = List.of(outermost);
    while (body.size() == 1 && body.getFirst() instanceof Stmt.For loop) {
      loops.add(new Expr.Axis(loop.var(), loop.extent()));
      body = loop.body();
    }
    nests.add(
        body.size() == 1
            ? Disjoint.parallel(around, loops, body.getFirst())
            : new Nest(around, List.of(outermost)));
  }
}
