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
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The same elements in the same order under another shape. Costs nothing. */
public record Reshape(Shape shape) implements Op {

  /**
   * {@code x} under {@code shape}; reshapes of reshapes are one, and none is made where none is
   * needed.
   */
  static Value to(GraphBuilder graph, Value x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    if (x.node().op() instanceof Reshape) {
      return to(graph, x.node().input(0), shape);
    }
    return graph.apply(new Reshape(shape), x);
  }

  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    Type x = inputs.getFirst();
    if (!x.shape().count().equals(shape.count())) {
      throw new OpError(
          "reshape",
          "reshape: "
              + x.shape()
              + " has "
              + x.shape().count()
              + " elements, but "
              + shape
              + " has "
              + shape.count()
              + "; both must be equal (one dimension may be -1)");
    }
    return List.of(new Type(x.element(), shape));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    return List.of(to(graph, Op.only(outputGradients), node.input(0).shape()));
  }

  @Override
  public Lowering lower(Node node) {
    return new Lowering.Alias();
  }

  /** The methods of {@code Ops} that only change how dimensions are counted. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding("reshape", c -> stage(c, resolve(c.tensor(0).shape(), c.dims(1)))),
          new Binding("flatten", c -> stage(c, flattened(c))),
          new Binding("squeeze", c -> stage(c, squeezed(c))),
          new Binding("unsqueeze", c -> stage(c, unsqueezed(c))));
    }

    private static Argument stage(Call call, Shape shape) {
      return new Argument.Tensor(to(call.graph(), call.tensor(0), shape));
    }

    private static Shape resolve(Shape from, List<Poly> dims) {
      List<Integer> open =
          IntStream.range(0, dims.size()).filter(i -> dims.get(i).is(-1)).boxed().toList();
      if (open.isEmpty()) {
        return new Shape(dims);
      }
      if (open.size() > 1) {
        throw new OpError(
            "reshape", "reshape: " + dims + " leaves more than one dimension open; give one -1");
      }
      List<Poly> full = new ArrayList<>(dims);
      full.set(open.getFirst(), Poly.ONE);
      Poly known = new Shape(full).count();
      Poly missing = from.count().dividedBy(known);
      if (missing == null) {
        throw new OpError(
            "reshape",
            "reshape: "
                + from
                + " has "
                + from.count()
                + " elements, which "
                + known
                + " does not divide, so "
                + dims
                + " cannot be completed");
      }
      full.set(open.getFirst(), missing);
      return new Shape(full);
    }

    private static Shape flattened(Call call) {
      Shape shape = call.tensor(0).shape();
      int start = Dims.index("flatten", call.arity() > 1 ? call.integer(1) : 1, shape);
      return shape.slice(0, start).concat(Shape.of(shape.count(start, shape.rank())));
    }

    private static Shape squeezed(Call call) {
      Shape shape = call.tensor(0).shape();
      int dim = Dims.index("squeeze", call.integer(1), shape);
      if (!shape.dim(dim).is(1)) {
        throw new OpError(
            "squeeze",
            "squeeze: dimension "
                + dim
                + " of "
                + shape
                + " must have size 1, but has "
                + shape.dim(dim));
      }
      return shape.slice(0, dim).concat(shape.slice(dim + 1, shape.rank()));
    }

    private static Shape unsqueezed(Call call) {
      Shape shape = call.tensor(0).shape();
      // One more place than there are dimensions: after the last.
      Shape places = shape.concat(Shape.of(1));
      int dim = Dims.index("unsqueeze", call.integer(1), places);
      return shape.slice(0, dim).concat(Shape.of(1)).concat(shape.slice(dim, shape.rank()));
    }
  }
}
