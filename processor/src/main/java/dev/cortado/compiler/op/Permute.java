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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Dimensions in another order.
 *
 * @param order dimension {@code i} of the result is dimension {@code order[i]} of the input
 */
public record Permute(List<Integer> order) implements Op {
  public Permute {
    order = List.copyOf(order);
  }

  /** Permutations of permutations are one; one that moves only sizes of 1 is a reshape. */
  static Value of(GraphBuilder graph, Value x, List<Integer> order) {
    if (x.node().op() instanceof Permute(List<Integer> inner)) {
      return of(graph, x.node().input(0), order.stream().map(inner::get).toList());
    }
    List<Integer> moved = order.stream().filter(d -> !x.shape().dim(d).is(1)).toList();
    if (moved.equals(moved.stream().sorted().toList())) {
      return Reshape.to(graph, x, permuted(x.shape(), order));
    }
    return graph.apply(new Permute(order), x);
  }

  /** Two dimensions exchanged. */
  static Value transpose(GraphBuilder graph, Value x, int dim0, int dim1) {
    List<Integer> order = identity(x.shape().rank());
    Collections.swap(order, dim0, dim1);
    return of(graph, x, order);
  }

  /** {@code dim} moved to position {@code to}, the others in order. */
  static Value move(GraphBuilder graph, Value x, int dim, int to) {
    List<Integer> order = identity(x.shape().rank());
    order.add(to, order.remove(dim));
    return of(graph, x, order);
  }

  static List<Integer> identity(int rank) {
    return new ArrayList<>(IntStream.range(0, rank).boxed().toList());
  }

  private static Shape permuted(Shape shape, List<Integer> order) {
    return new Shape(order.stream().map(shape::dim).toList());
  }

  /** Whether just the last two dimensions change places. */
  boolean swapsLastTwo() {
    List<Integer> swapped = identity(order.size());
    Collections.swap(swapped, order.size() - 1, order.size() - 2);
    return order.equals(swapped);
  }

  @Override
  public String name() {
    return "permute";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    Shape shape = inputs.getFirst().shape();
    if (!order.stream().sorted().toList().equals(identity(shape.rank()))) {
      throw new OpError(
          "permute",
          "permute: "
              + order
              + " must name each of the "
              + shape.rank()
              + " dimensions of "
              + shape
              + " once");
    }
    return List.of(Type.floats(permuted(shape, order)));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    return List.of(of(graph, Op.only(outputGradients), inverse()));
  }

  private List<Integer> inverse() {
    return identity(order.size()).stream().map(order::indexOf).toList();
  }

  @Override
  public Lowering lower(Node node) {
    List<Integer> inverse = inverse();
    return new Lowering.Pointwise(
        (inputs, index) -> inputs.at(0, inverse.stream().<Poly>map(index::get).toList()), true);
  }

  /** {@code Ops.permute} and {@code Ops.transpose}. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding("permute", Bindings::permute), new Binding("transpose", Bindings::swap));
    }

    private static Argument permute(Call call) {
      Value x = call.tensor(0);
      List<Integer> order =
          call.integers(1).stream().map(d -> Dims.index("permute", d, x.shape())).toList();
      new Permute(order).infer(List.of(x.type()));
      return new Argument.Tensor(of(call.graph(), x, order));
    }

    private static Argument swap(Call call) {
      Shape shape = call.tensor(0).shape();
      int dim0 = Dims.index("transpose", call.integer(1), shape);
      int dim1 = Dims.index("transpose", call.integer(2), shape);
      return new Argument.Tensor(transpose(call.graph(), call.tensor(0), dim0, dim1));
    }
  }
}
