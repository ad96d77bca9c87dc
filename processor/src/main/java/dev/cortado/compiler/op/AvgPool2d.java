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
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mean of each window of {@code [N, C, H, W]}; padding counts as zeros (PyTorch's {@code
 * count_include_pad}).
 *
 * @param pooled the result's shape
 */
public record AvgPool2d(Windows windows, Shape pooled) implements Op {
  @Override
  public String name() {
    return "avgPool2d";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    return List.of(Type.floats(pooled));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    Op spread = new Spread(windows, node.input(0).shape());
    return List.of(graph.apply(spread, Op.only(outputGradients)));
  }

  @Override
  public Lowering lower(Node node) {
    Shape x = node.input(0).shape();
    return new Lowering.Pointwise(
        (inputs, i) ->
            Formula.mul(
                share(windows),
                windows.reduce(
                    Reduction.SUM,
                    x,
                    i.get(2),
                    i.get(3),
                    (row, column) -> inputs.at(0, List.of(i.get(0), i.get(1), row, column)),
                    Formula.ZERO)),
        false);
  }

  private static Expr share(Windows windows) {
    return Formula.constant(1.0 / (windows.height() * windows.width()));
  }

  /**
   * Each window's gradient to all its elements.
   *
   * @param shape of what was pooled
   */
  public record Spread(Windows windows, Shape shape) implements Op {
    @Override
    public String name() {
      return "avgPool2dGradient";
    }

    @Override
    public List<Type> infer(List<Type> inputs) {
      return List.of(Type.floats(shape));
    }

    @Override
    public List<@Nullable Value> gradient(
        GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
      Op pool = new AvgPool2d(windows, node.input(0).shape());
      return List.of(graph.apply(pool, Op.only(outputGradients)));
    }

    @Override
    public Lowering lower(Node node) {
      Shape pooled = node.input(0).shape();
      return new Lowering.Loops(
          (inputs, outputs) -> {
            Plane plane = Plane.create();
            LoopVar row = LoopVar.named("row");
            LoopVar column = LoopVar.named("column");
            Expr sum =
                windows.gather(
                    Poly.of(row),
                    Poly.of(column),
                    pooled,
                    (i, j, inWindow) -> {
                      Poly window = plane.of(pooled).plus(i.times(pooled.dim(3))).plus(j);
                      return new Expr.Load(inputs.getFirst(), window);
                    });
            Poly place = plane.of(shape).plus(Poly.of(row).times(shape.dim(3)));
            Stmt store =
                new Stmt.Store(
                    outputs.getFirst(),
                    place.plus(Poly.of(column)),
                    Formula.mul(share(windows), sum));
            Stmt perRow = new Stmt.For(column, shape.dim(3), true, List.of(store));
            return List.of(
                plane.loop(shape, List.of(new Stmt.For(row, shape.dim(2), true, List.of(perRow)))));
          });
    }
  }

  /** {@code avgPool2d} and {@code globalAvgPool2d} of {@code Ops}. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding(
              "avgPool2d",
              c -> {
                Windows windows = Windows.of(c);
                Value x = c.tensor(0);
                Op pool = new AvgPool2d(windows, windows.pooled(c, x.shape()));
                return new Argument.Tensor(c.graph().apply(pool, x));
              }),
          new Binding(
              "globalAvgPool2d",
              c -> {
                Windows.requireImages(c);
                return new Argument.Tensor(
                    Reduce.mean(c.graph(), c.tensor(0), List.of(2, 3), false));
              }));
    }
  }
}
