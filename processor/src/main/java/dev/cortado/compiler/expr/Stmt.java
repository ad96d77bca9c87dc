package dev.cortado.compiler.expr;

import dev.cortado.compiler.shape.Poly;
import java.util.List;

/**
 * A statement of a kernel: emitter-neutral loops for operations that are more than one expression.
 */
public sealed interface Stmt {
  /**
   * {@code for (var = 0; var < extent; var++) body}. Iterations of a {@code parallel} loop write
   * disjoint elements and may run in any order or at once; parallel loops are outermost.
   */
  record For(LoopVar var, Poly extent, boolean parallel, List<Stmt> body) implements Stmt {}

  /** {@code target[index] = value}. */
  record Store(Operand target, Poly index, Expr value) implements Stmt {}

  /** {@code target[index] += value}. */
  record Accumulate(Operand target, Poly index, Expr value) implements Stmt {}

  /** {@code int local = (int) value}: the local is then an atom of indices. */
  record Let(LoopVar local, Expr value) implements Stmt {}

  record If(Expr.Cond cond, List<Stmt> body) implements Stmt {}
}
