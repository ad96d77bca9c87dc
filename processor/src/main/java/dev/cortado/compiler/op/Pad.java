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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One dimension made larger with a constant: element {@code i} goes to {@code before + i *
 * spacing}. With a spacing it is what the gradient of a slice with a step needs.
 *
 * @param size of the result in that dimension
 */
public record Pad(int dim, Poly before, Poly size, int spacing, double value) implements Op {

  static Value of(
      GraphBuilder graph, Value x, int dim, Poly before, Poly size, int spacing, double value) {
    return before.isZero() && size.equals(x.shape().dim(dim))
        ? x
        : graph.apply(new Pad(dim, before, size, spacing, value), x);
  }

  @Override
  public String name() {
    return "pad";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    return List.of(Type.floats(inputs.getFirst().shape().with(dim, size)));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    Poly count = node.input(0).shape().dim(dim);
    return List.of(Slice.of(graph, Op.only(outputGradients), dim, before, count, spacing));
  }

  @Override
  public Lowering lower(Node node) {
    Poly count = node.input(0).shape().dim(dim);
    return new Lowering.Pointwise(
        (inputs, index) -> {
          Poly offset = index.get(dim).minus(before);
          Poly source = offset.floorDiv(spacing);
          List<Poly> position = new ArrayList<>(index);
          position.set(dim, source);
          Expr.Cond hit = new Expr.Cond.Always(true);
          if (!before.isZero()) {
            hit = Formula.compare(Comparison.GE, offset, Poly.ZERO);
          }
          if (!(spacing == 1 && before.plus(count).equals(size))) {
            hit = Formula.and(hit, Formula.compare(Comparison.LT, source, count));
          }
          if (spacing > 1) {
            Poly rest = offset.mod(Poly.of(spacing));
            hit = Formula.and(hit, Formula.compare(Comparison.EQ, rest, Poly.ZERO));
          }
          return Formula.select(hit, inputs.at(0, position), Formula.constant(value));
        },
        true);
  }

  /** {@code Ops.pad}. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(new Binding("pad", Bindings::pad));
    }

    private static Argument pad(Call call) {
      Value x = call.tensor(0);
      int dim = Dims.index("pad", call.integer(1), x.shape());
      Poly before = call.dim(2);
      Poly after = call.dim(3);
      if (!before.isAtLeast(0) || !after.isAtLeast(0)) {
        throw new OpError(
            "pad",
            "pad: counts must be at least 0, but are "
                + before
                + " and "
                + after
                + "; slice makes a tensor smaller");
      }
      double value = call.arity() > 4 ? call.number(4) : 0;
      Poly size = before.plus(x.shape().dim(dim)).plus(after);
      return new Argument.Tensor(of(call.graph(), x, dim, before, size, 1, value));
    }
  }
}
