package dev.cortado.compiler.tornado;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Rewriter;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Expressions;
import dev.cortado.compiler.plan.Home;
import dev.cortado.compiler.plan.Usage;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Suits nests with sums to a device. A sum that many items need, as a row's in a softmax, is
 * computed once, by the item that does the whole row. A long sum for few items, as a loss or a
 * bias's gradient, is computed in parts by many, and the parts are added up by a second kernel.
 */
final class Reductions {
  /** Shorter sums are computed by every item anew. */
  private static final double SHORT = 8;

  /** Sums are worth cutting into parts from this length on, for no more items than this. */
  private static final double LONG = 1024;

  private static final int PARTS = 64;

  /**
   * A nest to print.
   *
   * @param scratch a buffer in scratch memory that it writes or reads; null for none
   */
  record Piece(Nest nest, @Nullable Buffer scratch) {
    Poly scratchSize() {
      return scratch == null ? Poly.ZERO : scratch.count();
    }
  }

  private final Nest nest;
  private final Stmt.Store store;

  private Reductions(Nest nest, Stmt.Store store) {
    this.nest = nest;
    this.store = store;
  }

  /** One nest, or two to run one after the other. */
  static List<Piece> of(Nest nest) {
    if (nest.body().size() != 1 || !(nest.body().getFirst() instanceof Stmt.Store store)) {
      return List.of(new Piece(nest, null));
    }
    Reductions reductions = new Reductions(nest, store);
    Nest rows = reductions.byRows();
    if (rows != null) {
      return List.of(new Piece(rows, null));
    }
    List<Piece> parts = reductions.inParts();
    return parts.isEmpty() ? List.of(new Piece(nest, null)) : parts;
  }

  private List<Expr.Reduce> reductions() {
    List<Expr.Reduce> found = new ArrayList<>();
    Expressions.visit(
        store.value(),
        e -> {
          if (e instanceof Expr.Reduce r) {
            found.add(r);
          }
        });
    return found;
  }

  private static double length(Expr.Reduce r) {
    return r.axes().stream().mapToDouble(a -> Typical.of(a.extent())).reduce(1, (a, b) -> a * b);
  }

  /** The variables of loops around that a reduction depends on. */
  private static Set<LoopVar> free(Expr.Reduce r) {
    Set<LoopVar> vars = new HashSet<>();
    Set<LoopVar> own = new HashSet<>();
    Expressions.visit(
        r,
        e -> {
          if (e instanceof Expr.Reduce inner) {
            inner.axes().forEach(a -> own.add(a.var()));
          }
          Expressions.indices(
              e,
              p ->
                  Usage.atoms(
                      p,
                      a -> {
                        if (a instanceof LoopVar v) {
                          vars.add(v);
                        }
                      }));
        });
    vars.removeAll(own);
    return vars;
  }

  /** The nest over those loops alone that long sums depend on, the others inside, in order. */
  private @Nullable Nest byRows() {
    Set<LoopVar> all = new HashSet<>(nest.variables());
    Set<LoopVar> rows = new HashSet<>();
    boolean any = false;
    for (Expr.Reduce r : reductions()) {
      Set<LoopVar> free = free(r);
      free.retainAll(all);
      if (length(r) >= SHORT && free.size() < all.size()) {
        rows.addAll(free);
        any = true;
      }
    }
    if (!any || rows.size() == all.size()) {
      return null;
    }
    List<Stmt> body = nest.body();
    for (Expr.Axis axis : nest.axes().reversed()) {
      if (!rows.contains(axis.var())) {
        body = List.of(new Stmt.For(axis.var(), axis.extent(), false, body));
      }
    }
    return new Nest(nest.axes().stream().filter(a -> rows.contains(a.var())).toList(), body);
  }

  /** Two nests through scratch memory; empty when that is not worth while. */
  private List<Piece> inParts() {
    List<Expr.Reduce> all = reductions();
    if (all.size() != 1
        || all.getFirst().kind() != Expr.Reduction.SUM
        || Typical.of(nest.items()) > LONG
        || length(all.getFirst()) < LONG) {
      return List.of();
    }
    Expr.Reduce sum = all.getFirst();
    Buffer scratch =
        new Buffer(
            "parts", Type.floats(Shape.of(nest.items(), Poly.of(PARTS))), new Home.Workspace());
    Poly item = Poly.ZERO;
    for (Expr.Axis axis : nest.axes()) {
      item = item.times(axis.extent()).plus(variable(axis.var()));
    }
    LoopVar part = LoopVar.named("part");
    List<Expr.Axis> axes = new ArrayList<>(nest.axes());
    axes.add(new Expr.Axis(part, Poly.of(PARTS)));
    Stmt partial = new Stmt.Store(scratch, item.times(PARTS).plus(variable(part)), part(sum, part));
    LoopVar each = LoopVar.named("part");
    Expr.Axis over = new Expr.Axis(each, Poly.of(PARTS));
    Expr load = new Expr.Load(scratch, item.times(PARTS).plus(variable(each)));
    Expr total = new Expr.Reduce(Expr.Reduction.SUM, List.of(over), load);
    Expr value =
        new Rewriter(e -> e instanceof Expr.Reduce ? total : null, a -> null).of(store.value());
    Stmt whole = new Stmt.Store(store.target(), store.index(), value);
    return List.of(
        new Piece(new Nest(axes, List.of(partial)), scratch),
        new Piece(new Nest(nest.axes(), List.of(whole)), scratch));
  }

  /** Every {@value #PARTS}th step of the sum's longest loop. */
  private static Expr part(Expr.Reduce sum, LoopVar part) {
    Expr.Axis longest = sum.axes().getFirst();
    for (Expr.Axis axis : sum.axes()) {
      if (Typical.of(axis.extent()) > Typical.of(longest.extent())) {
        longest = axis;
      }
    }
    LoopVar turn = LoopVar.named("turn");
    Poly position = variable(turn).times(PARTS).plus(variable(part));
    Poly even = longest.extent().dividedBy(Poly.of(PARTS));
    Poly turns =
        even != null
            ? even
            : longest.extent().plus(PARTS - 1).minus(variable(part)).floorDiv(PARTS);
    List<Expr.Axis> axes = new ArrayList<>();
    for (Expr.Axis axis : sum.axes()) {
      axes.add(axis.equals(longest) ? new Expr.Axis(turn, turns) : axis);
    }
    LoopVar replaced = longest.var();
    Expr body = new Rewriter(e -> null, a -> a.equals(replaced) ? position : null).of(sum.body());
    return new Expr.Reduce(Expr.Reduction.SUM, axes, body);
  }

  private static Poly variable(LoopVar var) {
    return Poly.of((Atom) var);
  }
}
