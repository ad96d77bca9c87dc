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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor whose elements follow from where they stand.
 *
 * @param start the first number of a range; 0 for the others
 */
public record Pattern(Kind kind, Shape shape, Poly start) implements Op {
  /** What stands where. */
  public enum Kind {
    /** {@code start + i}. */
    RANGE,
    /** 1 where row and column are equal. */
    IDENTITY,
    /** 1 where the column is not beyond the row. */
    LOWER_TRIANGLE
  }

  @Override
  public String name() {
    return switch (kind) {
      case RANGE -> "arange";
      case IDENTITY -> "eye";
      case LOWER_TRIANGLE -> "lowerTriangle";
    };
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    return List.of(Type.floats(shape));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    return List.of();
  }

  @Override
  public Lowering lower(Node node) {
    return new Lowering.Pointwise((inputs, index) -> element(index), true);
  }

  private Expr element(List<Poly> index) {
    return switch (kind) {
      case RANGE -> Formula.ofInt(start.plus(index.getFirst()));
      case IDENTITY -> mask(Comparison.EQ, index);
      case LOWER_TRIANGLE -> mask(Comparison.GE, index);
    };
  }

  private static Expr mask(Comparison comparison, List<Poly> index) {
    return Formula.select(
        Formula.compare(comparison, index.get(0), index.get(1)), Formula.ONE, Formula.ZERO);
  }

  /** {@code arange}, {@code eye} and {@code lowerTriangle} of {@code Ops}. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding("arange", Bindings::range),
          new Binding("eye", c -> stage(c, Kind.IDENTITY, List.of(c.dim(0), c.dim(0)), Poly.ZERO)),
          new Binding(
              "lowerTriangle",
              c -> stage(c, Kind.LOWER_TRIANGLE, List.of(c.dim(0), c.dim(1)), Poly.ZERO)));
    }

    private static Argument range(Call call) {
      Poly from = call.arity() > 1 ? call.dim(0) : Poly.ZERO;
      Poly to = call.dim(call.arity() - 1);
      if (!to.minus(from).isAtLeast(0)) {
        throw new OpError(
            "dimension", "arange: the end " + to + " must not be before the start " + from);
      }
      return stage(call, Kind.RANGE, List.of(to.minus(from)), from);
    }

    private static Argument stage(Call call, Kind kind, List<Poly> dims, Poly start) {
      Shape shape = Fill.shape(call.method(), dims);
      return new Argument.Tensor(call.graph().apply(new Pattern(kind, shape, start)));
    }
  }
}
