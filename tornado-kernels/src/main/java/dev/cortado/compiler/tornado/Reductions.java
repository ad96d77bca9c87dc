package dev.cortado.compiler.tornado;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Rewriter;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Home;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Suits nests with sums to a device. A sum that many items need, as a row's in a softmax, is
 * computed once: by the item that does the whole row, or by a group ({@link GroupedRows}) when rows
 * are long. A very long sum for few items, as a loss, is computed in parts, and the parts are added
 * up by a second kernel.
 */
final class Reductions {
  /** Shorter sums are computed by every item anew. */
  private static final double SHORT = 8;

  /** Sums are cut into parts from this length on, for no more than {@link #FEW} items. */
  private static final double LONG = 16384;

  private static final double FEW = 64;

  private static final int PARTS = 64;

  /** A sum of sums is worth two kernels from this length on. */
  private static final double MANY_TERMS = 64;

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

  /** One nest, or some to run one after the other. */
  static List<Piece> of(Nest nest) {
    return of(nest, null);
  }

  private static List<Piece> of(Nest nest, @Nullable Buffer scratch) {
    if (nest.body().size() != 1 || !(nest.body().getFirst() instanceof Stmt.Store store)) {
      return List.of(new Piece(nest, scratch));
    }
    Reductions reductions = new Reductions(nest, store);
    List<Piece> pieces = scratch == null ? reductions.termsFirst() : List.of();
    if (pieces.isEmpty() && scratch == null) {
      pieces = reductions.inParts();
    }
    if (!pieces.isEmpty()) {
      return pieces;
    }
    Nest rows = GroupedRows.of(nest) == null ? reductions.byRows() : null;
    return List.of(new Piece(rows == null ? nest : rows, scratch));
  }

  private List<Expr.Reduce> reductions() {
    return Sums.all(store.value());
  }

  /** The nest over those loops alone that long sums depend on, the others inside, in order. */
  private @Nullable Nest byRows() {
    Set<LoopVar> all = new HashSet<>(nest.variables());
    Set<LoopVar> rows = new HashSet<>();
    boolean any = false;
    for (Expr.Reduce r : reductions()) {
      Set<LoopVar> free = Sums.variables(r);
      free.retainAll(all);
      if (Sums.length(r) >= SHORT && free.size() < all.size()) {
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

  /**
   * A sum whose every term is a sum of its own, as a loss over rows of classes: the terms first, a
   * row each, then their sum.
   */
  private List<Piece> termsFirst() {
    List<Expr.Reduce> outer =
        Sums.free(store.value()).stream()
            .filter(r -> Sums.length(r) >= MANY_TERMS)
            .filter(r -> Sums.all(r.body()).stream().anyMatch(t -> isTermOf(r, t)))
            .toList();
    if (outer.size() != 1
        || outer.getFirst().kind() != Expr.Reduction.SUM
        || Typical.of(nest.items()) > FEW) {
      return List.of();
    }
    Expr.Reduce sum = outer.getFirst();
    List<Expr.Axis> axes = new ArrayList<>(nest.axes());
    axes.addAll(sum.axes());
    Buffer scratch = scratch("terms", new Nest(axes, List.of()).items());
    Stmt term = new Stmt.Store(scratch, position(axes), sum.body());
    Map<Atom, Poly> renamed = new HashMap<>();
    List<Expr.Axis> over = new ArrayList<>();
    for (Expr.Axis axis : sum.axes()) {
      LoopVar var = LoopVar.named("term");
      renamed.put(axis.var(), variable(var));
      over.add(new Expr.Axis(var, axis.extent()));
    }
    Expr load = new Expr.Load(scratch, position(axes).substitute(renamed::get));
    return throughScratch(new Nest(axes, List.of(term)), scratch, sum, over, load);
  }

  /** Whether each term of the outer sum has an inner one of its own. */
  private static boolean isTermOf(Expr.Reduce outer, Expr.Reduce term) {
    Set<LoopVar> vars = Sums.variables(term);
    return outer.axes().stream().anyMatch(a -> vars.contains(a.var()));
  }

  /** A long sum for few items in parts, each of neighbouring elements, and then the parts' sum. */
  private List<Piece> inParts() {
    List<Expr.Reduce> all = reductions();
    if (all.size() != 1
        || Sums.free(store.value()).size() != 1
        || all.getFirst().kind() != Expr.Reduction.SUM
        || Typical.of(nest.items()) > FEW
        || Sums.length(all.getFirst()) < LONG) {
      return List.of();
    }
    Expr.Reduce sum = all.getFirst();
    LoopVar part = LoopVar.named("part");
    List<Expr.Axis> axes = new ArrayList<>(nest.axes());
    axes.add(new Expr.Axis(part, Poly.of(PARTS)));
    Buffer scratch = scratch("parts", new Nest(axes, List.of()).items());
    Stmt partial = new Stmt.Store(scratch, position(axes), part(sum, part));
    LoopVar each = LoopVar.named("part");
    Expr load =
        new Expr.Load(
            scratch, position(axes).substitute(a -> a.equals(part) ? variable(each) : null));
    return throughScratch(
        new Nest(axes, List.of(partial)),
        scratch,
        sum,
        List.of(new Expr.Axis(each, Poly.of(PARTS))),
        load);
  }

  /** The pieces of a nest whose {@code sum} a first nest prepares. */
  private List<Piece> throughScratch(
      Nest first, Buffer scratch, Expr.Reduce sum, List<Expr.Axis> over, Expr load) {
    Expr total = new Expr.Reduce(Expr.Reduction.SUM, over, load);
    Map<Expr, Expr> replaced = new IdentityHashMap<>(Map.of(sum, total));
    Rewriter rewriter = new Rewriter(replaced::get, a -> null);
    Stmt whole = new Stmt.Store(store.target(), store.index(), rewriter.of(store.value()));
    List<Piece> pieces = new ArrayList<>(of(first, scratch));
    pieces.addAll(of(new Nest(nest.axes(), List.of(whole)), scratch));
    return pieces;
  }

  private static Buffer scratch(String name, Poly count) {
    return new Buffer(name, Type.floats(Shape.of(count)), new Home.Workspace());
  }

  /** Where a nest's item lies in scratch memory. */
  private static Poly position(List<Expr.Axis> axes) {
    Poly item = Poly.ZERO;
    for (Expr.Axis axis : axes) {
      item = item.times(axis.extent()).plus(variable(axis.var()));
    }
    return item;
  }

  /**
   * One of {@value #PARTS} parts of the sum, cut at its outermost loop that is long enough, so that
   * a part's elements lie together.
   */
  private static Expr part(Expr.Reduce sum, LoopVar part) {
    Expr.Axis cut =
        sum.axes().stream()
            .filter(axis -> Typical.of(axis.extent()) >= PARTS)
            .findFirst()
            .orElse(sum.axes().getFirst());
    LoopVar replaced = cut.var();
    Poly whole = cut.extent();
    Poly even = whole.dividedBy(Poly.of(PARTS));
    Poly length = even != null ? even : whole.plus(PARTS - 1).floorDiv(PARTS);
    LoopVar turn = LoopVar.named("turn");
    Poly position = variable(part).times(length).plus(variable(turn));
    List<Expr.Axis> axes = new ArrayList<>();
    for (Expr.Axis axis : sum.axes()) {
      axes.add(axis.var().equals(replaced) ? new Expr.Axis(turn, length) : axis);
    }
    Expr body = new Rewriter(e -> null, a -> a.equals(replaced) ? position : null).of(sum.body());
    Expr.Cond isThere = Formula.compare(Expr.Comparison.LT, position, whole);
    return new Expr.Reduce(
        Expr.Reduction.SUM,
        axes,
        even != null ? body : Formula.select(isThere, body, Formula.ZERO));
  }

  private static Poly variable(LoopVar var) {
    return Poly.of((Atom) var);
  }
}
