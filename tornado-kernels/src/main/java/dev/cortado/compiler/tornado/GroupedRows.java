package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.KernelPrinter;
import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Rewriter;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Expressions;
import dev.cortado.compiler.plan.Home;
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
 * A nest with long sums (or maxima) as a kernel of work groups. A group takes a row: its items take
 * a share of each sum, add the shares up in local memory, and share out the elements of the row
 * that need the sum. That is a softmax, a normalisation, a loss by row, and their gradients. Where
 * the elements of a sum lie far apart but those of neighbouring rows lie side by side, as in a sum
 * over a batch, a group takes {@value #ACROSS} rows at once.
 *
 * <p>The kernel is right with groups of any size that is a power of two (times the rows of a group)
 * and any number of them: on a device of few strong cores a group is one item.
 */
final class GroupedRows {
  /** The most items of a group; local memory is for so many. */
  static final int MOST_ITEMS = 256;

  /** Items that add up what all of a group have. */
  private static final int FOLDS = 16;

  /** Rows that a group takes at once where those lie side by side. */
  private static final int ACROSS = 32;

  /** Sums shorter than this are left to one item each. */
  private static final double LONG = 64;

  /** So many rows keep a device busy with an item each. */
  private static final double MANY = 4096;

  /** More than any row has elements. */
  private static final String BEYOND = "1 << 30";

  static final List<String> WORDS =
      List.of(
          "shared", "totals", "item", "lane", "lanes", "others", "across", "groups", "row",
          "folded", "sum", "turn", "from", "rows", "own");

  private final Stmt stmt;
  private final List<Expr.Reduce> sums;
  private final List<Expr.Axis> rows;
  private final List<Expr.Axis> inside;
  private final int across;
  private final Lanes lanes = Lanes.create();

  /** The same for what is stored: items of rows that are not there are beyond all that there is. */
  private final Lanes storing;

  private final LoopVar column = LoopVar.named("across");
  private final Buffer shared = local("shared");
  private final Buffer totals = local("totals");

  private GroupedRows(
      Stmt stmt, List<Expr.Reduce> sums, List<Expr.Axis> rows, List<Expr.Axis> inside, int across) {
    this.stmt = stmt;
    this.sums = sums;
    this.rows = rows;
    this.inside = inside;
    this.across = across;
    this.storing = across == 1 ? lanes : lanes.with(LoopVar.named("own"));
  }

  private static Buffer local(String name) {
    return new Buffer(name, Type.floats(Shape.of(MOST_ITEMS)), new Home.Workspace());
  }

  /** Null when one item a row, or an element, does better. */
  static @Nullable GroupedRows of(Nest nest) {
    if (nest.body().size() != 1) {
      return null;
    }
    Stmt stmt = nest.body().getFirst();
    Expr value = value(stmt);
    if (value == null) {
      return null;
    }
    List<Expr.Reduce> free =
        Sums.free(value).stream().filter(r -> r.kind() != Expr.Reduction.ARGMAX).toList();
    Expr.Reduce longest = null;
    Set<LoopVar> needed = new HashSet<>();
    for (Expr.Reduce r : free) {
      if (Sums.length(r) >= LONG) {
        needed.addAll(Sums.variables(r));
        longest = longest == null || Sums.length(r) > Sums.length(longest) ? r : longest;
      }
    }
    if (longest == null || free.stream().anyMatch(GroupedRows::hasVaryingLength)) {
      return null;
    }
    List<Expr.Axis> rows = nest.axes().stream().filter(a -> needed.contains(a.var())).toList();
    List<Expr.Axis> inside = nest.axes().stream().filter(a -> !needed.contains(a.var())).toList();
    Set<LoopVar> within = new HashSet<>();
    inside.forEach(a -> within.add(a.var()));
    List<Expr.Reduce> sums =
        free.stream().filter(r -> Sums.variables(r).stream().noneMatch(within::contains)).toList();
    if (!sums.containsAll(Sums.all(value))) {
      return null;
    }
    double count =
        rows.stream().mapToDouble(a -> Typical.of(a.extent())).reduce(1, (a, b) -> a * b);
    boolean sideBySide = !rows.isEmpty() && liesSideBySide(longest, rows.getLast().var());
    if (sideBySide && count >= MANY) {
      return null;
    }
    return new GroupedRows(stmt, sums, rows, inside, sideBySide && count >= ACROSS ? ACROSS : 1);
  }

  /** Whether a sum is longer in some rows than in others. */
  private static boolean hasVaryingLength(Expr.Reduce sum) {
    boolean[] found = {false};
    sum.axes().forEach(a -> Sums.loops(a.extent(), v -> found[0] = true));
    return found[0];
  }

  private static @Nullable Expr value(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Store s -> s.value();
      case Stmt.Accumulate a -> a.value();
      default -> null;
    };
  }

  /**
   * Whether most of what is summed lies beside what the next row sums, not beside the next term.
   */
  private static boolean liesSideBySide(Expr.Reduce sum, LoopVar row) {
    LoopVar step = sum.axes().getLast().var();
    int[] count = {0};
    Expressions.visit(
        sum.body(),
        e -> {
          if (e instanceof Expr.Load load) {
            boolean alongRows = Expressions.slope(load.index(), row).is(1);
            boolean alongSum = Expressions.slope(load.index(), step).is(1);
            count[0] += (alongRows ? 1 : 0) - (alongSum ? 1 : 0);
          }
        });
    return count[0] > 0;
  }

  /** How many rows there are. */
  Poly rows() {
    return new Nest(rows, List.of()).items();
  }

  int across() {
    return across;
  }

  /** How many items can take part in a row: the longest loop that they share. */
  Poly length() {
    Poly length = Poly.ONE;
    for (Expr.Reduce r : sums) {
      Poly own = new Nest(r.axes(), List.of()).items();
      length = Typical.of(own) > Typical.of(length) ? own : length;
    }
    return length;
  }

  Lines print(KernelText text) {
    text.own(shared, "shared");
    text.own(totals, "totals");
    Map<LoopVar, String> known = new HashMap<>();
    known.put(lanes.lane(), "lane");
    known.put(lanes.lanes(), "lanes");
    known.put(lanes.others(), "others");
    known.putIfAbsent(storing.lane(), "own");
    known.put(column, "across");
    Lines row = digits(known, text);
    Map<Expr, Expr> done = new IdentityHashMap<>();
    for (int i = 0; i < sums.size(); i++) {
      Expr.Reduce sum = sums.get(i);
      Lanes.Share share = lanes.of(sum.axes());
      Expr all = new Rewriter(done::get, share.indices()::get).of(sum.body());
      Expr body = Formula.select(share.isThere(), all, nothing(sum.kind()));
      Expr own = new Expr.Reduce(sum.kind(), List.of(share.axis()), body);
      Stmt part = new Stmt.Store(shared, place(Poly.of(lanes.lane())), own);
      row.addAll(guarded(inside(known, part, text))).addAll(addUp(sum.kind(), i));
      done.put(sum, new Expr.Load(totals, Poly.of((long) i * across).plus(shift())));
    }
    row.addAll(inside(known, last(done), text));
    return frame(row, text);
  }

  /** The rows' loops, as digits of the row's number. */
  private Lines digits(Map<LoopVar, String> known, KernelText text) {
    if (rows.size() == 1) {
      known.put(rows.getFirst().var(), "row");
      return new Lines();
    }
    List<String> names = new ArrayList<>();
    for (Expr.Axis axis : rows) {
      names.add(text.names().unique(axis.var().name()));
      known.put(axis.var(), names.getLast());
    }
    return LoopKernels.digits(rows, names, "row", text);
  }

  private static Lines inside(Map<LoopVar, String> known, Stmt stmt, KernelText text) {
    return KernelPrinter.inside(known, List.of(stmt), text.dialect(), text, text.names());
  }

  /** What changes no sum, or largest or smallest element. */
  private static Expr nothing(Expr.Reduction kind) {
    return switch (kind) {
      case SUM -> Formula.ZERO;
      case MAX -> Formula.constant(Double.NEGATIVE_INFINITY);
      case MIN -> Formula.constant(Double.POSITIVE_INFINITY);
      case ARGMAX -> throw new IllegalStateException("a place is no sum");
    };
  }

  /** A place in local memory: of this row's number {@code i}. */
  private Poly place(Poly i) {
    return i.times(across).plus(shift());
  }

  private Poly shift() {
    return across == 1 ? Poly.ZERO : Poly.of(column);
  }

  /**
   * What the row's elements are in terms of the sums: shared out, or stored by the first item. One
   * condition says who stores: where they are nested, PoCL 3.1 stores what they exclude.
   */
  private Stmt last(Map<Expr, Expr> done) {
    if (inside.isEmpty()) {
      Stmt whole = rewritten(new Rewriter(done::get, a -> null));
      Expr.Cond first =
          new Expr.Cond.CompareInt(Expr.Comparison.EQ, Poly.of(storing.lane()), Poly.ZERO);
      return new Stmt.If(first, List.of(whole));
    }
    Lanes.Share share = storing.of(inside);
    Stmt all = rewritten(new Rewriter(done::get, share.indices()::get));
    Stmt guarded = new Stmt.If(share.isThere(), List.of(all));
    return new Stmt.For(share.axis().var(), share.axis().extent(), false, List.of(guarded));
  }

  private Stmt rewritten(Rewriter rewriter) {
    return switch (stmt) {
      case Stmt.Store(var target, Poly at, Expr value) ->
          new Stmt.Store(target, rewriter.of(at), rewriter.of(value));
      case Stmt.Accumulate(var target, Poly at, Expr value) ->
          new Stmt.Accumulate(target, rewriter.of(at), rewriter.of(value));
      default -> throw new IllegalStateException("not a store: " + stmt);
    };
  }

  /**
   * Adds the items' shares up in two steps; the result goes to {@code totals}. Barriers stand in no
   * loop but the rows': PoCL does not compile them where a loop halves the items.
   */
  private Lines addUp(Expr.Reduction kind, int number) {
    Lines fold = new Lines();
    fold.add("float sum = shared[" + place("lane") + "];");
    fold.block(
        "for (int turn = 1; turn < (lanes + %1$d) / %2$d; turn++)".formatted(FOLDS - 1, FOLDS),
        new Lines()
            .add("int from = turn * " + FOLDS + " + lane;")
            .block("if (from < lanes)", with(kind, "shared[" + place("from") + "]")));
    fold.add("folded[" + place("lane") + "] = sum;");
    Lines total = new Lines();
    total.add("float sum = folded[" + place("0") + "];");
    total.block(
        "for (int from = 1; from < " + FOLDS + "; from++)",
        new Lines().block("if (from < lanes)", with(kind, "folded[" + place("from") + "]")));
    total.add("totals[" + place(String.valueOf(number)) + "] = sum;");
    return new Lines()
        .add("context.localBarrier();")
        .block("if (lane < " + FOLDS + ")", fold)
        .add("context.localBarrier();")
        .block("if (lane == 0)", total)
        .add("context.localBarrier();");
  }

  private static Lines with(Expr.Reduction kind, String more) {
    String sum =
        switch (kind) {
          case SUM -> "sum + " + more;
          case MAX -> "Math.max(sum, " + more + ")";
          case MIN -> "Math.min(sum, " + more + ")";
          case ARGMAX -> throw new IllegalStateException("a place is no sum");
        };
    return new Lines().add("sum = " + sum + ";");
  }

  /** A place in local memory, of this row's number {@code i}. */
  private String place(String i) {
    return across == 1 ? i : i.equals("0") ? "across" : i + " * " + across + " + across";
  }

  /** What only rows that there are compute; barriers are for all. */
  private Lines guarded(Lines body) {
    return across == 1 ? body : new Lines().block("if (row < rows)", body);
  }

  private Lines frame(Lines row, KernelText text) {
    Lines lines = new Lines();
    lines.add("float[] shared = context.allocateFloatLocalArray(" + MOST_ITEMS + ");");
    int folded = across == 1 ? FOLDS : MOST_ITEMS;
    lines.add("float[] folded = context.allocateFloatLocalArray(" + folded + ");");
    lines.add("float[] totals = context.allocateFloatLocalArray(" + sums.size() * across + ");");
    if (across == 1) {
      lines.add("int lane = context.localIdx;");
      lines.add("int lanes = context.localGroupSizeX;");
    } else {
      lines.add("int across = context.localIdx % " + across + ";");
      lines.add("int lane = context.localIdx / " + across + ";");
      lines.add("int lanes = context.localGroupSizeX / " + across + ";");
    }
    lines.add("int others = lanes - 1;");
    lines.add("int groups = context.globalGroupSizeX / context.localGroupSizeX;");
    String count = text.print(rows());
    if (across == 1) {
      lines.block("for (int row = context.groupIdx; row < " + count + "; row += groups)", row);
    } else {
      lines.add("int rows = " + count + ";");
      lines.block(
          "for (int item = context.groupIdx; item * %1$d < rows; item += groups)".formatted(across),
          new Lines()
              .add("int row = item * " + across + " + across;")
              .add("int own = row < rows ? lane : " + BEYOND + ";")
              .addAll(row));
    }
    return lines;
  }
}
