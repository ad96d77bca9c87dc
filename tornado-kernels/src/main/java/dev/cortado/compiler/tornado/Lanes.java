package dev.cortado.compiler.tornado;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Loops shared out among the items of a group: item {@code lane} of {@code lanes} takes turns that
 * are {@code lanes} apart, so that neighbours read neighbouring elements. All items take the same
 * number of turns, and the last ones may find nothing to do: beside barriers, PoCL computes
 * something wrong where a loop's length depends on the item.
 *
 * @param lane the item's number
 * @param lanes how many there are
 */
record Lanes(LoopVar lane, LoopVar lanes) {
  /** An innermost loop from this length on is shared out alone; shorter ones with those around. */
  private static final double WIDE = 64;

  static Lanes create() {
    return new Lanes(LoopVar.named("lane"), LoopVar.named("lanes"));
  }

  /**
   * One item's share of some nested loops.
   *
   * @param axes the loops that it runs
   * @param indices what the variables of the loops shared out are in terms of those
   * @param isThere whether a turn has something to do
   */
  record Share(List<Expr.Axis> axes, Map<Atom, Poly> indices, Expr.Cond isThere) {}

  Share of(List<Expr.Axis> loops) {
    Expr.Axis inner = loops.getLast();
    LoopVar turn = LoopVar.named("turn");
    Poly at = Poly.of(turn).times(Poly.of(lanes)).plus(Poly.of(lane));
    List<Expr.Axis> axes = new ArrayList<>();
    Map<Atom, Poly> indices = new HashMap<>();
    if (loops.size() == 1 || Typical.of(inner.extent()) >= WIDE || !areIndependent(loops)) {
      axes.addAll(loops.subList(0, loops.size() - 1));
      axes.add(new Expr.Axis(turn, turns(inner.extent())));
      indices.put(inner.var(), at);
      return new Share(axes, indices, isBelow(at, inner.extent()));
    }
    Poly count = Poly.ONE;
    Poly rest = at;
    for (Expr.Axis axis : loops.reversed()) {
      boolean outermost = axis.equals(loops.getFirst());
      indices.put(axis.var(), outermost ? rest : rest.mod(axis.extent()));
      rest = rest.floorDiv(axis.extent());
      count = count.times(axis.extent());
    }
    return new Share(List.of(new Expr.Axis(turn, turns(count))), indices, isBelow(at, count));
  }

  private Poly turns(Poly count) {
    return count.plus(Poly.of(lanes)).minus(1).floorDiv(Poly.of(lanes));
  }

  private static Expr.Cond isBelow(Poly at, Poly count) {
    return Formula.compare(Expr.Comparison.LT, at, count);
  }

  /** Whether the loops' lengths are the same wherever the loops are. */
  private static boolean areIndependent(List<Expr.Axis> loops) {
    Set<LoopVar> mentioned = new HashSet<>();
    loops.forEach(a -> Sums.loops(a.extent(), mentioned::add));
    return loops.stream().noneMatch(a -> mentioned.contains(a.var()));
  }
}
