package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Expr.Reduction;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Sum, maximum or minimum over some dimensions; mean and variance are made of them. The gradient of
 * an extreme is shared evenly among equal elements, as by PyTorch's {@code amax}.
 *
 * @param kind not ARGMAX
 * @param dims in increasing order, not empty
 * @param keep whether they stay with size 1
 */
public record Reduce(Reduction kind, List<Integer> dims, boolean keep) implements Op {
  public Reduce {
    dims = List.copyOf(dims);
  }

  /** The sum; {@code x} itself when no dimension is named. */
  static Value sum(GraphBuilder graph, Value x, List<Integer> dims, boolean keep) {
    return of(graph, Reduction.SUM, x, dims, keep);
  }

  static Value of(GraphBuilder graph, Reduction kind, Value x, List<Integer> dims, boolean keep) {
    return dims.isEmpty() ? x : graph.apply(new Reduce(kind, dims, keep), x);
  }

  @Override
  public String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    return List.of(Type.floats(reduced(inputs.getFirst().shape(), keep)));
  }

  private Shape reduced(Shape shape, boolean keeping) {
    List<Poly> result = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      if (!dims.contains(i)) {
        result.add(shape.dim(i));
      } else if (keeping) {
        result.add(Poly.ONE);
      }
    }
    return new Shape(result);
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    Value x = node.input(0);
    Shape kept = reduced(x.shape(), true);
    Value g = Reshape.to(graph, Op.only(outputGradients), kept);
    if (kind == Reduction.SUM) {
      return List.of(Expand.to(graph, g, x.shape()));
    }
    Expr isExtreme =
        Formula.select(
            Formula.compare(Comparison.EQ, Formula.arg(0), Formula.arg(1)),
            Formula.ONE,
            Formula.ZERO);
    Value extreme = Reshape.to(graph, node.value(), kept);
    Value mask = Elementwise.of(graph, name() + "Mask", isExtreme, x, extreme);
    Value each = Arithmetic.div(graph, g, sum(graph, mask, dims, true));
    return List.of(Arithmetic.mul(graph, mask, each));
  }

  @Override
  public Lowering lower(Node node) {
    Shape shape = node.input(0).shape();
    return new Lowering.Pointwise(
        (inputs, index) -> {
          List<Expr.Axis> axes = new ArrayList<>();
          List<Poly> position = new ArrayList<>();
          int next = 0;
          for (int i = 0; i < shape.rank(); i++) {
            if (dims.contains(i)) {
              LoopVar k = LoopVar.named("k");
              axes.add(new Expr.Axis(k, shape.dim(i)));
              position.add(Poly.of(k));
              next += keep ? 1 : 0;
            } else {
              position.add(index.get(next++));
            }
          }
          return new Expr.Reduce(kind, axes, inputs.at(0, position));
        },
        false);
  }

  /** The methods of {@code Ops} that reduce to one number for each kept position. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    /** What a reduction makes of a tensor, dimensions, and whether they stay. */
    private interface Reducer {
      Value reduce(GraphBuilder graph, Value x, List<Integer> dims, boolean keep);
    }

    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding("keepDims", c -> new Argument.KeepDims(c.integers(0))),
          bind("sum", Reduce::sum),
          bind("max", (g, x, dims, keep) -> of(g, Reduction.MAX, x, dims, keep)),
          bind("min", (g, x, dims, keep) -> of(g, Reduction.MIN, x, dims, keep)),
          bind("mean", Reduce::mean),
          bind("variance", (g, x, dims, keep) -> variance(g, x, dims, keep, 1)),
          bind("populationVariance", (g, x, dims, keep) -> variance(g, x, dims, keep, 0)));
    }

    private static Binding bind(String method, Reducer reducer) {
      return new Binding(
          method,
          call -> {
            Value x = call.tensor(0);
            boolean keep = call.arity() > 1 && call.arguments().get(1) instanceof Argument.KeepDims;
            List<Integer> given =
                keep ? ((Argument.KeepDims) call.arguments().get(1)).dims() : call.integers(1);
            List<Integer> dims = Dims.set(method, given, x.shape());
            return new Argument.Tensor(reducer.reduce(call.graph(), x, dims, keep));
          });
    }
  }

  static Value mean(GraphBuilder graph, Value x, List<Integer> dims, boolean keep) {
    return Elementwise.of(
        graph,
        "mean",
        Formula.div(Formula.arg(0), Formula.ofInt(count(x, dims))),
        sum(graph, x, dims, keep));
  }

  /** The number of elements behind one element of the result. */
  private static Poly count(Value x, List<Integer> dims) {
    return dims.stream().map(x.shape()::dim).reduce(Poly.ONE, Poly::times);
  }

  /** Of deviations from the mean, in two passes: the one-pass formula cancels. */
  static Value variance(
      GraphBuilder graph, Value x, List<Integer> dims, boolean keep, int correction) {
    Value deviation = Arithmetic.sub(graph, x, mean(graph, x, dims, true));
    Value squares = sum(graph, Arithmetic.mul(graph, deviation, deviation), dims, keep);
    Poly divisor = count(x, dims).minus(correction);
    return Elementwise.of(
        graph, "variance", Formula.div(Formula.arg(0), Formula.ofInt(divisor)), squares);
  }
}
