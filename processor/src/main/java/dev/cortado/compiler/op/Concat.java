package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tensors one after the other along a dimension. */
public record Concat(int dim) implements Op {

  static Value of(GraphBuilder graph, int dim, List<Value> parts) {
    return parts.size() == 1 ? parts.getFirst() : graph.add(new Concat(dim), parts).value();
  }

  @Override
  public String name() {
    return "concat";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    Shape first = inputs.getFirst().shape();
    Poly total = Poly.ZERO;
    for (int i = 0; i < inputs.size(); i++) {
      Shape shape = inputs.get(i).shape();
      if (shape.rank() != first.rank()
          || !shape.with(dim, Poly.ONE).equals(first.with(dim, Poly.ONE))) {
        throw new OpError(
            "concat",
            "concat: all sizes but that of dimension "
                + dim
                + " must be equal, but the first tensor is "
                + first
                + " and the "
                + ordinal(i + 1)
                + " is "
                + shape);
      }
      total = total.plus(shape.dim(dim));
    }
    return List.of(Type.floats(first.with(dim, total)));
  }

  private static String ordinal(int n) {
    String ending =
        n / 10 % 10 == 1
            ? "th"
            : switch (n % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return n + ending;
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    Value g = Op.only(outputGradients);
    List<@Nullable Value> gradients = new ArrayList<>();
    Poly from = Poly.ZERO;
    for (Value part : node.inputs()) {
      Poly size = part.shape().dim(dim);
      gradients.add(Slice.of(graph, g, dim, from, size, 1));
      from = from.plus(size);
    }
    return gradients;
  }

  @Override
  public Lowering lower(Node node) {
    return new Lowering.Pointwise((inputs, index) -> part(inputs, node, 0, index), true);
  }

  /** The element at {@code index}, counted from the start of part {@code i}. */
  private Expr part(Lowering.Inputs inputs, Node node, int i, List<Poly> index) {
    Expr here = inputs.at(i, index);
    if (i == node.inputs().size() - 1) {
      return here;
    }
    Poly size = node.input(i).shape().dim(dim);
    List<Poly> beyond = new ArrayList<>(index);
    beyond.set(dim, index.get(dim).minus(size));
    return Formula.select(
        Formula.compare(Comparison.LT, index.get(dim), size),
        here,
        part(inputs, node, i + 1, beyond));
  }

  /** {@code concat} and {@code stack} of {@code Ops}. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding("concat", Bindings::concat), new Binding("stack", Bindings::stack));
    }

    private static Argument concat(Call call) {
      List<Value> parts = some(call);
      int dim = Dims.index("concat", call.integer(0), parts.getFirst().shape());
      return new Argument.Tensor(of(call.graph(), dim, parts));
    }

    private static Argument stack(Call call) {
      List<Value> parts = some(call);
      Shape first = parts.getFirst().shape();
      for (int i = 1; i < parts.size(); i++) {
        if (!parts.get(i).shape().equals(first)) {
          throw new OpError(
              "stack",
              "stack: all tensors must have one shape, but the first is "
                  + first
                  + " and the "
                  + ordinal(i + 1)
                  + " is "
                  + parts.get(i).shape());
        }
      }
      int dim = Dims.index("stack", call.integer(0), first.concat(Shape.of(1)));
      Shape thin = first.slice(0, dim).concat(Shape.of(1)).concat(first.slice(dim, first.rank()));
      List<Value> slices = parts.stream().map(v -> Reshape.to(call.graph(), v, thin)).toList();
      return new Argument.Tensor(of(call.graph(), dim, slices));
    }

    private static List<Value> some(Call call) {
      List<Value> parts = call.tensors(1);
      if (parts.isEmpty()) {
        throw new OpError("concat", call.method() + ": expected at least one tensor, but got none");
      }
      return parts;
    }
  }
}
