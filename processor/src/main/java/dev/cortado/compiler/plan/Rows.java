package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Element;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.graph.Lowering.Contraction.MatMul;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the rows of a batch go through the steps of a recurrence each on its own, so that a
 * thread can take some of them through all steps without waiting for another.
 */
public final class Rows {
  private final Poly batch;
  private final Set<Buffer> written = new HashSet<>();

  private Rows(Poly batch) {
    this.batch = batch;
  }

  /**
   * @param batch the number of rows, a symbol
   */
  public static boolean areIndependent(Step.Loop loop, Poly batch) {
    Rows rows = new Rows(batch);
    loop.body().forEach(s -> Usage.of(s).written().forEach(b -> rows.written.add(b.base())));
    return loop.body().stream().allMatch(rows::keeps);
  }

  /** How many turns of a kernel's outermost loop belong to each row; null if that is no number. */
  public static @Nullable Poly turns(Stmt.For outermost, Poly batch) {
    Poly turns = outermost.extent().dividedBy(batch);
    return turns == null || mentions(turns, batch) ? null : turns;
  }

  private static boolean mentions(Poly p, Poly batch) {
    return p.atoms().stream().anyMatch(a -> Poly.of(a).equals(batch));
  }

  private boolean keeps(Step step) {
    return switch (step) {
      case Step.Kernel k -> keeps(k);
      case Step.Library l ->
          l.call() instanceof MatMul m
              && !m.batchedA()
              && !m.batchedB()
              && !m.transposeA()
              && m.m().equals(batch)
              && isConstant(l.inputs().get(1));
      case Step.Loop l -> false;
    };
  }

  /** Neither as large as the batch nor changed by the recurrence. */
  private boolean isConstant(Buffer buffer) {
    return !mentions(buffer.count(), batch) && !written.contains(buffer.base());
  }

  private boolean keeps(Step.Kernel kernel) {
    if (kernel.body().size() != 1
        || !(kernel.body().getFirst() instanceof Stmt.For f)
        || !f.parallel()) {
      return false;
    }
    Poly turns = turns(f, batch);
    if (turns == null) {
      return false;
    }
    boolean[] all = {true};
    Expressions.statements(
        kernel.body(),
        s -> {
          switch (s) {
            case Stmt.Store st -> all[0] &= isOfRow(st.target(), st.index(), f.var(), turns);
            case Stmt.Accumulate a -> all[0] &= isOfRow(a.target(), a.index(), f.var(), turns);
            case Stmt.For inner when !inner.equals(f) -> all[0] &= !mentions(inner.extent(), batch);
            default -> {}
          }
          Expressions.roots(s, root -> Expressions.visit(root, e -> all[0] &= keeps(e, f, turns)));
        });
    return all[0];
  }

  private boolean keeps(Expr e, Stmt.For outermost, Poly turns) {
    boolean[] plain = {true};
    Expressions.indices(e, p -> Indices.atoms(p, a -> plain[0] &= !(a instanceof Element)));
    return plain[0]
        && switch (e) {
          case Expr.Load(Operand source, Poly index) ->
              isOfRow(source, index, outermost.var(), turns);
          case Expr.Reduce r -> r.axes().stream().noneMatch(a -> mentions(a.extent(), batch));
          default -> true;
        };
  }

  /** Whether an element belongs to the row of the turn that touches it. */
  private boolean isOfRow(Operand operand, Poly index, LoopVar var, Poly turns) {
    if (!(operand instanceof Buffer buffer)) {
      return false;
    }
    if (isConstant(buffer)) {
      return true;
    }
    Poly row = buffer.count().dividedBy(batch);
    if (row == null || mentions(row, batch)) {
      return false;
    }
    if (!turns.equals(Poly.ONE)) {
      return row.equals(turns) && index.equals(Poly.of((Atom) var));
    }
    Poly rest = index.minus(row.times(Poly.of((Atom) var)));
    boolean[] inside = {true};
    Indices.atoms(rest, a -> inside[0] &= !a.equals(var) && !Poly.of(a).equals(batch));
    return inside[0];
  }
}
