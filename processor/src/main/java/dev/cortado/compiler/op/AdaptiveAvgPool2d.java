package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Reduction;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Means of as many windows as the result is to have: by PyTorch's formula, window {@code i} of
 * {@code n} over {@code size} elements goes from {@code floor(i size / n)} to {@code ceil((i + 1)
 * size / n)}.
 */
public record AdaptiveAvgPool2d(int height, int width) implements Op {

  /** A run of elements of one dimension. */
  private record Span(Poly from, Poly length) {
    static Span of(Poly window, int windows, Poly size) {
      Poly from = window.times(size).floorDiv(windows);
      Poly to = window.plus(1).times(size).plus(windows - 1).floorDiv(windows);
      return new Span(from, to.minus(from));
    }
  }

  @Override
  public String name() {
    return "adaptiveAvgPool2d";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    Shape x = inputs.getFirst().shape();
    return List.of(Type.floats(Shape.of(x.dim(0), x.dim(1), Poly.of(height), Poly.of(width))));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    Op spread = new Spread(node.input(0).shape());
    return List.of(graph.apply(spread, Op.only(outputGradients)));
  }

  @Override
  public Lowering lower(Node node) {
    Shape x = node.input(0).shape();
    return new Lowering.Pointwise(
        (inputs, i) -> {
          Span rows = Span.of(i.get(2), height, x.dim(2));
          Span columns = Span.of(i.get(3), width, x.dim(3));
          LoopVar a = LoopVar.named("kh");
          LoopVar b = LoopVar.named("kw");
          Expr sum =
              new Expr.Reduce(
                  Reduction.SUM,
                  List.of(new Expr.Axis(a, rows.length), new Expr.Axis(b, columns.length)),
                  inputs.at(
                      0,
                      List.of(
                          i.get(0),
                          i.get(1),
                          rows.from.plus(Poly.of(a)),
                          columns.from.plus(Poly.of(b)))));
          return Formula.div(sum, Formula.ofInt(rows.length.times(columns.length)));
        },
        false);
  }

  /**
   * Each window's gradient to all its elements.
   *
   * @param shape of what was pooled
   */
  public record Spread(Shape shape) implements Op {
    @Override
    public String name() {
      return "adaptiveAvgPool2dGradient";
    }

    @Override
    public List<Type> infer(List<Type> inputs) {
      return List.of(Type.floats(shape));
    }

    @Override
    public List<@Nullable Value> gradient(
        GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
      Shape pooled = node.input(0).shape();
      Op pool = new AdaptiveAvgPool2d(pooled.dim(2).intConstant(), pooled.dim(3).intConstant());
      return List.of(graph.apply(pool, Op.only(outputGradients)));
    }

    @Override
    public Lowering lower(Node node) {
      Shape pooled = node.input(0).shape();
      return new Lowering.Loops(
          (inputs, outputs) -> {
            Plane plane = Plane.create();
            LoopVar oh = LoopVar.named("oh");
            LoopVar ow = LoopVar.named("ow");
            LoopVar a = LoopVar.named("kh");
            LoopVar b = LoopVar.named("kw");
            Span rows = Span.of(Poly.of(oh), pooled.dim(2).intConstant(), shape.dim(2));
            Span columns = Span.of(Poly.of(ow), pooled.dim(3).intConstant(), shape.dim(3));
            Poly window = plane.of(pooled).plus(Poly.of(oh).times(pooled.dim(3))).plus(Poly.of(ow));
            Poly row = rows.from.plus(Poly.of(a));
            Poly element =
                plane.of(shape).plus(row.times(shape.dim(3))).plus(columns.from).plus(Poly.of(b));
            Expr share =
                Formula.div(
                    new Expr.Load(inputs.getFirst(), window),
                    Formula.ofInt(rows.length.times(columns.length)));
            Stmt add = new Stmt.Accumulate(outputs.getFirst(), element, share);
            Stmt perWindow = loop(a, rows.length, loop(b, columns.length, add));
            Stmt perPlane = loop(oh, pooled.dim(2), loop(ow, pooled.dim(3), perWindow));
            return List.of(
                plane.loop(shape, List.of(plane.zero(outputs.getFirst(), shape), perPlane)));
          });
    }

    private static Stmt loop(LoopVar variable, Poly extent, Stmt body) {
      return new Stmt.For(variable, extent, false, List.of(body));
    }
  }

  /** {@code Ops.adaptiveAvgPool2d}; windows of one size are a plain average pooling. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(new Binding("adaptiveAvgPool2d", Bindings::pool));
    }

    private static Argument pool(Call call) {
      Windows.requireImages(call);
      Value x = call.tensor(0);
      int height = call.integer(1);
      int width = call.integer(2);
      if (height < 1 || width < 1) {
        throw new OpError(
            "window-option",
            "adaptiveAvgPool2d: sizes must be at least 1, but are " + height + " x " + width);
      }
      Poly h = x.shape().dim(2).dividedBy(Poly.of(height));
      Poly w = x.shape().dim(3).dividedBy(Poly.of(width));
      if (h != null && w != null && h.isConstant() && w.isConstant()) {
        Windows windows =
            new Windows(h.intConstant(), w.intConstant(), h.intConstant(), w.intConstant(), 0, 0);
        Op plain = new AvgPool2d(windows, windows.pooled(call, x.shape()));
        return new Argument.Tensor(call.graph().apply(plain, x));
      }
      return new Argument.Tensor(call.graph().apply(new AdaptiveAvgPool2d(height, width), x));
    }
  }
}
