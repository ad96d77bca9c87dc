package dev.cortado.compiler.tornado;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Loops shared out among the items of a group: item {@code lane} of {@code lanes} takes turns that
 * are {@code lanes} apart, so that neighbours read neighbouring elements. All items take the same
 * number of turns, and the last ones may find nothing to do: beside barriers, PoCL computes
 * something wrong where a loop's length depends on the item.
 *
 * @param lane the item's number
 * @param lanes how many there are
 * @param others {@code lanes - 1}
 */
record Lanes(LoopVar lane, LoopVar lanes, LoopVar others) {
  static Lanes create() {
    return new Lanes(LoopVar.named("lane"), LoopVar.named("lanes"), LoopVar.named("others"));
  }

  /** The same for items that have other numbers. */
  Lanes with(LoopVar number) {
    return new Lanes(number, lanes, others);
  }

  /**
   * One item's share of some nested loops.
   *
   * @param axis the loop that it runs
   * @param indices what the variables of the loops shared out are in terms of its own
   * @param isThere whether a turn has something to do
   */
  record Share(Expr.Axis axis, Map<Atom, Poly> indices, Expr.Cond isThere) {}

  /**
   * All loops together as one: PoCL does not compile loops in one another beside barriers.
   *
   * @param loops whose lengths are the same wherever they are
   */
  Share of(List<Expr.Axis> loops) {
    LoopVar turn = LoopVar.named("turn");
    Poly at = Poly.of(turn).times(Poly.of(lanes)).plus(Poly.of(lane));
    Map<Atom, Poly> indices = new HashMap<>();
    Poly count = Poly.ONE;
    Poly rest = at;
    for (int i = loops.size() - 1; i >= 0; i--) {
      Expr.Axis axis = loops.get(i);
      indices.put(axis.var(), i == 0 ? rest : rest.mod(axis.extent()));
      rest = rest.floorDiv(axis.extent());
      count = count.times(axis.extent());
    }
    return new Share(new Expr.Axis(turn, turns(count)), indices, isBelow(at, count));
  }

  private Poly turns(Poly count) {
    return count.plus(Poly.of(others)).floorDiv(Poly.of(lanes));
  }

  private static Expr.Cond isBelow(Poly at, Poly count) {
    return Formula.compare(Expr.Comparison.LT, at, count);
  }
}
