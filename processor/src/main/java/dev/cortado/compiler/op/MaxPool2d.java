package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Expr.Reduction;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The largest element of each window of {@code [N, C, H, W]}; padding is never the largest. The
 * gradient goes to the first largest element in row-major order, as in PyTorch.
 *
 * @param pooled the result's shape
 */
public record MaxPool2d(Windows windows, Shape pooled) implements Op {
  private static final Expr LOWEST = Formula.constant(Double.NEGATIVE_INFINITY);

  @Override
  public String name() {
    return "maxPool2d";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    return List.of(Type.floats(pooled));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    return List.of(graph.apply(new Spread(windows), node.input(0), Op.only(outputGradients)));
  }

  @Override
  public Lowering lower(Node node) {
    Shape x = node.input(0).shape();
    return new Lowering.Pointwise(
        (inputs, i) ->
            windows.reduce(
                Reduction.MAX,
                x,
                i.get(2),
                i.get(3),
                (row, column) -> inputs.at(0, List.of(i.get(0), i.get(1), row, column)),
                LOWEST),
        false,
        call(false, windows, x, pooled));
  }

  private static Lowering.MaxPool call(boolean gradient, Windows w, Shape x, Shape pooled) {
    return new Lowering.MaxPool(
        gradient,
        x.dim(0),
        x.dim(1),
        x.dim(2),
        x.dim(3),
        pooled.dim(2),
        pooled.dim(3),
        w.height(),
        w.width(),
        w.strideH(),
        w.strideW(),
        w.padH(),
        w.padW());
  }

  /** The statements run for the place of the largest element of every window. */
  private interface Visit {
    List<Stmt> at(Poly window, Poly largest);
  }

  /** Loops over all planes, in each over all windows, which write different elements. */
  private static Stmt visit(
      Windows w, Shape x, Shape pooled, Operand source, List<Stmt> first, Visit visit, Plane p) {
    LoopVar oh = LoopVar.named("oh");
    LoopVar ow = LoopVar.named("ow");
    LoopVar best = LoopVar.named("best");
    Poly start = p.of(x);
    Expr place =
        w.reduce(
            Reduction.ARGMAX,
            x,
            Poly.of(oh),
            Poly.of(ow),
            (row, column) -> new Expr.Load(source, start.plus(row.times(x.dim(3))).plus(column)),
            LOWEST);
    Poly row = w.row(Poly.of(oh), Poly.of(best).floorDiv(w.width()));
    Poly column = w.column(Poly.of(ow), Poly.of(best).mod(Poly.of(w.width())));
    Poly largest = start.plus(row.times(x.dim(3))).plus(column);
    Poly window = p.of(pooled).plus(Poly.of(oh).times(pooled.dim(3))).plus(Poly.of(ow));
    List<Stmt> found = visit.at(window, largest);
    // A window of nothing but infinities or NaN names its first place, which may be padding.
    Expr.Cond inside = w.inside(row, column, x.dim(2), x.dim(3));
    List<Stmt> guarded =
        inside instanceof Expr.Cond.Always ? found : List.of(new Stmt.If(inside, found));
    List<Stmt> body = new ArrayList<>(List.of(new Stmt.Let(best, place)));
    body.addAll(guarded);
    Stmt perRow =
        new Stmt.For(oh, pooled.dim(2), true, List.of(new Stmt.For(ow, pooled.dim(3), true, body)));
    List<Stmt> perPlane = new ArrayList<>(first);
    perPlane.add(perRow);
    return p.loop(x, perPlane);
  }

  /**
   * Each window's gradient to its largest element: {@code x}, gradient of the result → of {@code
   * x}.
   */
  public record Spread(Windows windows) implements Op {
    @Override
    public String name() {
      return "maxPool2dGradient";
    }

    @Override
    public List<Type> infer(List<Type> inputs) {
      return List.of(inputs.getFirst());
    }

    @Override
    public List<@Nullable Value> gradient(
        GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
      Op gather = new Gather(windows, node.input(1).shape());
      return Arrays.asList(null, graph.apply(gather, node.input(0), Op.only(outputGradients)));
    }

    @Override
    public Lowering lower(Node node) {
      Shape x = node.input(0).shape();
      Shape pooled = node.input(1).shape();
      return new Lowering.Loops(
          (inputs, outputs) ->
              List.of(
                  windows.areApart()
                      ? spread(inputs.get(0), inputs.get(1), outputs.getFirst(), x, pooled)
                      : gather(inputs.get(0), inputs.get(1), outputs.getFirst(), x, pooled)),
          call(true, windows, x, pooled));
    }

    private Stmt spread(Operand x, Operand gradient, Operand target, Shape shape, Shape pooled) {
      Plane plane = Plane.create();
      return visit(
          windows,
          shape,
          pooled,
          x,
          List.of(plane.zero(target, shape)),
          (window, largest) ->
              List.of(new Stmt.Accumulate(target, largest, new Expr.Load(gradient, window))),
          plane);
    }

    /** An element of several windows asks each whether it is the largest there. */
    private Stmt gather(Operand x, Operand gradient, Operand target, Shape shape, Shape pooled) {
      Plane plane = Plane.create();
      Poly start = plane.of(shape);
      LoopVar row = LoopVar.named("row");
      LoopVar column = LoopVar.named("column");
      Windows.Given given =
          (i, j, inWindow) -> {
            Expr largest =
                windows.reduce(
                    Reduction.ARGMAX,
                    shape,
                    i,
                    j,
                    (r, c) -> new Expr.Load(x, start.plus(r.times(shape.dim(3))).plus(c)),
                    LOWEST);
            Poly window = plane.of(pooled).plus(i.times(pooled.dim(3))).plus(j);
            return Formula.select(
                Formula.compare(Comparison.EQ, largest, Formula.ofInt(inWindow)),
                new Expr.Load(gradient, window),
                Formula.ZERO);
          };
      Poly place = start.plus(Poly.of(row).times(shape.dim(3))).plus(Poly.of(column));
      Expr sum = windows.gather(Poly.of(row), Poly.of(column), pooled, given);
      Stmt store = new Stmt.Store(target, place, sum);
      Stmt perRow = new Stmt.For(column, shape.dim(3), true, List.of(store));
      return plane.loop(shape, List.of(new Stmt.For(row, shape.dim(2), true, List.of(perRow))));
    }
  }

  /** The element of a second tensor where each window of the first is largest. */
  public record Gather(Windows windows, Shape pooled) implements Op {
    @Override
    public String name() {
      return "maxPool2dGather";
    }

    @Override
    public List<Type> infer(List<Type> inputs) {
      return List.of(Type.floats(pooled));
    }

    @Override
    public List<@Nullable Value> gradient(
        GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
      return Arrays.asList(
          null, graph.apply(new Spread(windows), node.input(0), Op.only(outputGradients)));
    }

    @Override
    public Lowering lower(Node node) {
      Shape x = node.input(0).shape();
      return new Lowering.Loops(
          (inputs, outputs) -> {
            Plane plane = Plane.create();
            Operand target = outputs.getFirst();
            return List.of(
                visit(
                    windows,
                    x,
                    pooled,
                    inputs.get(0),
                    List.of(plane.zero(target, pooled)),
                    (window, largest) ->
                        List.of(
                            new Stmt.Store(target, window, new Expr.Load(inputs.get(1), largest))),
                    plane));
          });
    }
  }

  /** {@code Ops.maxPool2d}. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding(
              "maxPool2d",
              c -> {
                Windows windows = Windows.of(c);
                Value x = c.tensor(0);
                Op pool = new MaxPool2d(windows, windows.pooled(c, x.shape()));
                return new Argument.Tensor(c.graph().apply(pool, x));
              }));
    }
  }
}
