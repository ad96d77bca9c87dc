package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
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
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code count} indices of one dimension, from {@code from} on, {@code step} apart.
 *
 * @param step at least 1
 */
public record Slice(int dim, Poly from, Poly count, int step) implements Op {

  static Value of(GraphBuilder graph, Value x, int dim, Poly from, Poly count, int step) {
    return from.isZero() && count.equals(x.shape().dim(dim))
        ? x
        : graph.apply(new Slice(dim, from, count, step), x);
  }

  @Override
  public String name() {
    return "slice";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    Type x = inputs.getFirst();
    return List.of(new Type(x.element(), x.shape().with(dim, count)));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    Poly size = node.input(0).shape().dim(dim);
    return List.of(Pad.of(graph, Op.only(outputGradients), dim, from, size, step, 0));
  }

  @Override
  public List<Poly> requirements(Node node) {
    Poly last = from.plus(count.minus(1).times(step));
    return List.of(from, node.input(0).shape().dim(dim).minus(last).minus(1));
  }

  @Override
  public Lowering lower(Node node) {
    return new Lowering.Pointwise(
        (inputs, index) -> {
          List<Poly> source = new ArrayList<>(index);
          source.set(dim, index.get(dim).times(step).plus(from));
          return inputs.at(0, source);
        },
        true);
  }

  /** The methods of {@code Ops} that cut. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding("slice", Bindings::slice),
          new Binding("select", Bindings::select),
          new Binding("split", Bindings::split));
    }

    private static Argument slice(Call call) {
      Value x = call.tensor(0);
      int dim = Dims.index("slice", call.integer(1), x.shape());
      Poly size = x.shape().dim(dim);
      Poly from = fromStart(call.dim(2), size);
      Poly to = fromStart(call.dim(3), size);
      int step = call.arity() > 4 ? call.integer(4) : 1;
      if (step < 1) {
        throw new OpError("slice", "slice: the step must be at least 1, but is " + step);
      }
      if (isNegative(from) || isNegative(to.minus(from)) || isNegative(size.minus(to))) {
        throw new OpError(
            "slice",
            "slice: from "
                + call.dim(2)
                + " to "
                + call.dim(3)
                + " does not lie inside dimension "
                + dim
                + " of "
                + x.shape()
                + ", which goes from 0 to "
                + size
                + "; negative indices count from the end");
      }
      Poly count = to.minus(from).plus(step - 1).floorDiv(step);
      return new Argument.Tensor(of(call.graph(), x, dim, from, count, step));
    }

    /** Certainly; what depends on a symbol is one of {@link Slice#requirements}. */
    private static boolean isNegative(Poly size) {
      return size.isConstant() && size.constant() < 0;
    }

    private static Poly fromStart(Poly index, Poly size) {
      return index.isConstant() && index.constant() < 0 ? size.plus(index) : index;
    }

    private static Argument select(Call call) {
      Value x = call.tensor(0);
      int dim = Dims.index("select", call.integer(1), x.shape());
      Poly size = x.shape().dim(dim);
      Poly at = fromStart(call.dim(2), size);
      if (isNegative(at) || isNegative(size.minus(at).minus(1))) {
        throw new OpError(
            "slice",
            "select: index "
                + call.dim(2)
                + " does not lie inside dimension "
                + dim
                + " of "
                + x.shape()
                + ", whose size is "
                + size);
      }
      Value one = of(call.graph(), x, dim, at, Poly.ONE, 1);
      Shape rest = x.shape().slice(0, dim).concat(x.shape().slice(dim + 1, x.shape().rank()));
      return new Argument.Tensor(Reshape.to(call.graph(), one, rest));
    }

    private static Argument split(Call call) {
      Value x = call.tensor(0);
      int dim = Dims.index("split", call.integer(1), x.shape());
      Poly size = x.shape().dim(dim);
      List<Poly> sizes = call.dims(2);
      if (sizes.size() == 1) {
        sizes = equal(sizes.getFirst(), size);
      }
      Poly sum = sizes.stream().reduce(Poly.ZERO, Poly::plus);
      if (!sum.equals(size) || sizes.stream().anyMatch(s -> !s.isAtLeast(0))) {
        throw new OpError(
            "split",
            "split: the sizes "
                + sizes
                + " add up to "
                + sum
                + ", but dimension "
                + dim
                + " of "
                + x.shape()
                + " has "
                + size);
      }
      List<Argument> parts = new ArrayList<>();
      Poly from = Poly.ZERO;
      for (Poly part : sizes) {
        parts.add(new Argument.Tensor(of(call.graph(), x, dim, from, part, 1)));
        from = from.plus(part);
      }
      return new Argument.Many(parts);
    }

    private static List<Poly> equal(Poly part, Poly size) {
      Poly pieces = size.dividedBy(part);
      if (pieces != null && pieces.isConstant() && part.isAtLeast(1)) {
        return Collections.nCopies(pieces.intConstant(), part);
      }
      if (!size.isConstant() || !part.isConstant() || part.constant() < 1) {
        throw new OpError(
            "split",
            "split: pieces of "
                + part
                + " do not divide "
                + size
                + " into a known number of pieces");
      }
      List<Poly> sizes = new ArrayList<>();
      for (long left = size.constant(); left > 0; left -= part.constant()) {
        sizes.add(Poly.of(Math.min(left, part.constant())));
      }
      return sizes;
    }
  }
}
