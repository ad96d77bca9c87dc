package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Stmt;
import java.util.List;

/** How much a kernel has to do, roughly: an addition of one element counts 1. */
public final class Work {
  /** Work that keeps a thread busy long enough to be worth waking it, some ten microseconds. */
  private static final double WORTH_A_THREAD = 250_000;

  private Work() {}

  /**
   * How many turns of a kernel's outermost loop a thread should get at least; symbols count as they
   * typically are.
   */
  public static int grain(Stmt.For outermost) {
    double turn = Math.max(1, of(outermost.body()));
    return (int) Math.clamp(Math.ceil(WORTH_A_THREAD / turn), 1, 1 << 20);
  }

  private static double of(List<Stmt> body) {
    double sum = 0;
    for (Stmt s : body) {
      sum +=
          switch (s) {
            case Stmt.For f -> Cost.value(f.extent()) * of(f.body());
            case Stmt.Store st -> 2 + new Cost().of(st.value());
            case Stmt.Accumulate a -> 2 + new Cost().of(a.value());
            case Stmt.Let l -> 1 + new Cost().of(l.value());
            case Stmt.If i -> 1 + of(i.body());
          };
    }
    return sum;
  }
}
