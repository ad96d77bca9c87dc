package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
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
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code k} largest along the last dimension, largest first, and their indices; of equal
 * elements the first comes first.
 */
public record TopK(Poly k) implements Op {
  @Override
  public String name() {
    return "topk";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    Type found = Type.floats(inputs.getFirst().shape().with(-1, k));
    return List.of(found, found);
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    Value values = outputGradients.getFirst();
    if (values == null) {
      return Collections.singletonList(null);
    }
    // Each found element's gradient goes back to where it stood: a row of zeros and the found
    // indices.
    Shape shape = node.input(0).shape();
    return List.of(graph.apply(new Scatter(shape.dim(-1)), node.value(1), values));
  }

  @Override
  public Lowering lower(Node node) {
    Shape shape = node.input(0).shape();
    return new Lowering.Loops(
        (inputs, outputs) -> {
          LoopVar row = LoopVar.named("row");
          LoopVar j = LoopVar.named("j");
          LoopVar found = LoopVar.named("found");
          Poly start = Poly.of(row).times(shape.dim(-1));
          Poly at = Poly.of(row).times(k).plus(Poly.of(j));
          Expr next = next(inputs.getFirst(), start, shape.dim(-1), outputs, at, j);
          Expr value = new Expr.Load(inputs.getFirst(), start.plus(Poly.of(found)));
          List<Stmt> body =
              List.of(
                  new Stmt.Let(found, next),
                  new Stmt.Store(outputs.get(0), at, value),
                  new Stmt.Store(outputs.get(1), at, Formula.ofInt(Poly.of(found))));
          Stmt perRow = new Stmt.For(j, k, false, body);
          return List.of(
              new Stmt.For(row, shape.count(0, shape.rank() - 1), true, List.of(perRow)));
        });
  }

  /** The index of the largest among those that come after the one found last. */
  private static Expr next(
      Operand x, Poly start, Poly size, List<Operand> outputs, Poly at, LoopVar j) {
    LoopVar i = LoopVar.named("i");
    Expr value = new Expr.Load(x, start.plus(Poly.of(i)));
    Expr last = new Expr.Load(outputs.get(0), at.minus(1));
    Expr lastIndex = new Expr.Load(outputs.get(1), at.minus(1));
    Expr.Cond after =
        Formula.or(
            Formula.compare(Comparison.LT, value, last),
            Formula.and(
                Formula.compare(Comparison.EQ, value, last),
                Formula.compare(Comparison.GT, Formula.ofInt(Poly.of(i)), lastIndex)));
    // Kept above minus infinity, which marks what was found before.
    Expr candidate = Formula.max(value, Formula.constant(-Float.MAX_VALUE));
    Expr left = Formula.select(after, candidate, Formula.constant(Double.NEGATIVE_INFINITY));
    Expr.Cond first = Formula.compare(Comparison.EQ, Poly.of(j), Poly.ZERO);
    return new Expr.Reduce(
        Expr.Reduction.ARGMAX,
        List.of(new Expr.Axis(i, size)),
        Formula.select(first, candidate, left));
  }

  /** Each value to the place in a row of zeros that its index names: the gradient of a choice. */
  public record Scatter(Poly size) implements Op {
    @Override
    public String name() {
      return "scatter";
    }

    @Override
    public List<Type> infer(List<Type> inputs) {
      return List.of(Type.floats(inputs.get(1).shape().with(-1, size)));
    }

    @Override
    public List<@Nullable Value> gradient(
        GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
      throw new IllegalStateException("topk: nothing asks for second derivatives");
    }

    @Override
    public Lowering lower(Node node) {
      Shape shape = node.input(1).shape();
      return new Lowering.Loops(
          (inputs, outputs) -> {
            LoopVar row = LoopVar.named("row");
            LoopVar i = LoopVar.named("i");
            LoopVar j = LoopVar.named("j");
            LoopVar place = LoopVar.named("place");
            Poly start = Poly.of(row).times(size);
            Poly at = Poly.of(row).times(shape.dim(-1)).plus(Poly.of(j));
            Stmt zero = new Stmt.Store(outputs.getFirst(), start.plus(Poly.of(i)), Formula.ZERO);
            Stmt let = new Stmt.Let(place, new Expr.Load(inputs.get(0), at));
            Stmt store =
                new Stmt.Store(
                    outputs.getFirst(),
                    start.plus(Poly.of(place)),
                    new Expr.Load(inputs.get(1), at));
            List<Stmt> perRow =
                List.of(
                    new Stmt.For(i, size, false, List.of(zero)),
                    new Stmt.For(j, shape.dim(-1), false, List.of(let, store)));
            return List.of(new Stmt.For(row, shape.count(0, shape.rank() - 1), true, perRow));
          });
    }
  }

  /** {@code Ops.topk}: values, then indices. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(new Binding("topk", Bindings::topk));
    }

    private static Argument topk(Call call) {
      Value x = call.tensor(0);
      Dims.index("topk", -1, x.shape());
      Poly k = call.dim(1);
      Poly size = x.shape().dim(-1);
      if (!k.isAtLeast(1) || !size.minus(k).isAtLeast(0)) {
        throw new OpError(
            "topk",
            "topk: k must be between 1 and "
                + size
                + ", the last dimension of "
                + x.shape()
                + ", but is "
                + k);
      }
      Node node = call.graph().add(new TopK(k), List.of(x));
      return new Argument.Many(
          List.of(new Argument.Tensor(node.value(0)), new Argument.Tensor(node.value(1))));
    }
  }
}
