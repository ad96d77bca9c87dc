package dev.cortado.compiler.tornado;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.expr.Rewriter;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes one nest of several that write the same elements one after the other: zero, then a sum
 * added to it, then an expression of the sum.
 */
final class Merging {
  private Merging() {}

  static List<Nest> of(List<Nest> nests) {
    List<Nest> merged = new ArrayList<>();
    for (Nest nest : nests) {
      Nest both = merged.isEmpty() ? null : merge(merged.getLast(), nest);
      if (both == null) {
        merged.add(nest);
      } else {
        merged.set(merged.size() - 1, both);
      }
    }
    return merged;
  }

  private static @Nullable Nest merge(Nest first, Nest second) {
    if (first.body().size() != 1
        || second.body().size() != 1
        || !(first.body().getFirst() instanceof Stmt.Store before)
        || first.axes().size() != second.axes().size()) {
      return null;
    }
    Map<Atom, Poly> renamed = new HashMap<>();
    for (int i = 0; i < first.axes().size(); i++) {
      if (!first.axes().get(i).extent().equals(second.axes().get(i).extent())) {
        return null;
      }
      LoopVar own = second.axes().get(i).var();
      renamed.put(own, Poly.of((Atom) first.axes().get(i).var()));
    }
    Rewriter rename = new Rewriter(e -> null, renamed::get);
    Expr value =
        switch (second.body().getFirst()) {
          case Stmt.Accumulate(Operand target, Poly at, Expr added)
              when isSame(before, target, rename.of(at)) && isZero(before.value()) ->
              rename.of(added);
          case Stmt.Store(Operand target, Poly at, Expr stored)
              when isSame(before, target, rename.of(at)) ->
              after(before, rename.of(stored));
          default -> null;
        };
    return value == null
        ? null
        : new Nest(first.axes(), List.of(new Stmt.Store(before.target(), before.index(), value)));
  }

  private static boolean isSame(Stmt.Store before, Operand target, Poly at) {
    return before.target().equals(target) && before.index().equals(at);
  }

  private static boolean isZero(Expr e) {
    return e instanceof Expr.Const(double value) && value == 0;
  }

  /**
   * The expression over what was stored before; null when it reads other elements of the target.
   */
  private static @Nullable Expr after(Stmt.Store before, Expr stored) {
    boolean[] elsewhere = {false};
    Expr value =
        new Rewriter(
                e -> {
                  if (e instanceof Expr.Load(Operand from, Poly at)
                      && from.equals(before.target())) {
                    elsewhere[0] |= !at.equals(before.index());
                    return before.value();
                  }
                  return null;
                },
                a -> null)
            .of(stored);
    return elsewhere[0] ? null : value;
  }
}
