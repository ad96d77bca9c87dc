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
import org.jspecify.annotations.Nullable;

/**
 * The matrix product of operands {@code [m, k]} or {@code [batch, m, k]} and {@code [k, n]} or
 * {@code [batch, k, n]}; an operand without a batch is used for all. A transposed operand has its
 * last two dimensions the other way round, so that neither a user's transpose nor a gradient copies
 * anything.
 */
public record MatMul(boolean transposeA, boolean transposeB) implements Op {

  /**
   * {@code [..., m, k] x [..., k, n]} with broadcasting leading dimensions, brought to the form of
   * the primitive: transposes of the last two dimensions become flags, leading dimensions of {@code
   * a} become rows where {@code b} is one matrix, else leading dimensions become one batch.
   */
  static Value multiply(GraphBuilder graph, Value a, Value b) {
    checkInner(a.shape(), b.shape());
    if (a.shape().rank() == 1) {
      Value row = multiply(graph, Reshape.to(graph, a, Shape.of(Poly.ONE, a.shape().dim(0))), b);
      return Reshape.to(
          graph, row, without(row.shape(), row.shape().rank() - (b.shape().rank() == 1 ? 1 : 2)));
    }
    if (b.shape().rank() == 1) {
      Value column = multiply(graph, a, Reshape.to(graph, b, Shape.of(b.shape().dim(0), Poly.ONE)));
      return Reshape.to(graph, column, column.shape().slice(0, column.shape().rank() - 1));
    }
    Shape leadA = lead(a.shape());
    Shape leadB = lead(b.shape());
    Shape lead = Broadcast.shape("matmul", List.of(leadA, leadB));
    Shape full = lead.concat(Shape.of(a.shape().dim(-2), b.shape().dim(-1)));
    Operand right = Operand.of(b);
    if (leadB.count().is(1)) {
      Poly rows = a.shape().count(0, a.shape().rank() - 1);
      Operand left = leadA.count().is(1) ? Operand.of(a) : new Operand(a, false);
      Value flat = left.reshaped(graph, Shape.SCALAR, Shape.of(rows, a.shape().dim(-1)));
      Value result =
          graph.apply(
              new MatMul(left.transposed, right.transposed),
              flat,
              right.reshaped(graph, Shape.SCALAR, matrix(b.shape())));
      return Reshape.to(graph, result, full);
    }
    Operand left = Operand.of(a);
    Value result =
        graph.apply(
            new MatMul(left.transposed, right.transposed),
            left.batched(graph, lead, a.shape()),
            right.batched(graph, lead, b.shape()));
    return Reshape.to(graph, result, full);
  }

  /** A matrix or batch of matrices, read the other way round if {@code transposed}. */
  private record Operand(Value stored, boolean transposed) {
    static Operand of(Value x) {
      return x.node().op() instanceof Permute p && p.swapsLastTwo()
          ? new Operand(x.node().input(0), true)
          : new Operand(x, false);
    }

    /** Under the shape {@code lead + matrix}, the matrix as it is read. */
    Value reshaped(GraphBuilder graph, Shape lead, Shape matrix) {
      Shape asStored = transposed ? Shape.of(matrix.dim(1), matrix.dim(0)) : matrix;
      return Reshape.to(graph, stored, lead.concat(asStored));
    }

    /** With one batch dimension, or none when the same matrix serves all of {@code lead}. */
    Value batched(GraphBuilder graph, Shape lead, Shape shape) {
      Shape own = lead(shape);
      if (own.count().is(1)) {
        return reshaped(graph, Shape.SCALAR, matrix(shape));
      }
      Value full = stored;
      if (!own.equals(lead)) {
        full = Expand.to(graph, stored, lead.concat(matrix(stored.shape())));
      }
      return new Operand(full, transposed).reshaped(graph, Shape.of(lead.count()), matrix(shape));
    }
  }

  private static Shape lead(Shape shape) {
    return shape.slice(0, shape.rank() - 2);
  }

  private static Shape matrix(Shape shape) {
    return shape.slice(shape.rank() - 2, shape.rank());
  }

  private static Shape without(Shape shape, int dim) {
    return shape.slice(0, dim).concat(shape.slice(dim + 1, shape.rank()));
  }

  private static void checkInner(Shape a, Shape b) {
    if (a.rank() == 0 || b.rank() == 0) {
      throw new OpError(
          "matmul-rank",
          "matmul: expected matrices or vectors, but got "
              + a
              + " x "
              + b
              + "; use mul for scalars");
    }
    Poly inner = a.dim(-1);
    Poly other = b.rank() == 1 ? b.dim(0) : b.dim(-2);
    if (!inner.equals(other)) {
      throw new OpError(
          "matmul-inner",
          "matmul: inner dimensions differ: " + a + " x " + b + ", " + inner + " against " + other);
    }
  }

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    Shape a = read(inputs.get(0).shape(), transposeA);
    Shape b = read(inputs.get(1).shape(), transposeB);
    checkInner(a, b);
    Shape lead = Broadcast.shape("matmul", List.of(lead(a), lead(b)));
    return List.of(Type.floats(lead.concat(Shape.of(a.dim(-2), b.dim(-1)))));
  }

  private static Shape read(Shape stored, boolean transposed) {
    return transposed ? lead(stored).concat(Shape.of(stored.dim(-1), stored.dim(-2))) : stored;
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    return gradient(graph, node, outputGradients, List.of(true, true));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients, List<Boolean> wanted) {
    Value a = node.input(0);
    Value b = node.input(1);
    Value g = Op.only(outputGradients);
    List<@Nullable Value> gradients = new ArrayList<>();
    // C = A B gives dA = dC B' and dB = A' dC; of a stored transpose, the transposed gradient is
    // wanted.
    gradients.add(
        !wanted.get(0)
            ? null
            : transposeA
                ? product(graph, b, transposeB, g, true, a.shape())
                : product(graph, g, false, b, !transposeB, a.shape()));
    gradients.add(
        !wanted.get(1)
            ? null
            : transposeB
                ? product(graph, g, true, a, transposeA, b.shape())
                : product(graph, a, !transposeA, g, false, b.shape()));
    return gradients;
  }

  /** The product, summed over the batch when it is that of an operand which served all. */
  private static Value product(
      GraphBuilder graph, Value a, boolean transposeA, Value b, boolean transposeB, Shape target) {
    Value all = graph.apply(new MatMul(transposeA, transposeB), a, b);
    return target.rank() < all.shape().rank() ? Reduce.sum(graph, all, List.of(0), false) : all;
  }

  @Override
  public Lowering lower(Node node) {
    Shape a = node.input(0).shape();
    Shape b = node.input(1).shape();
    Shape out = node.value().shape();
    return new Lowering.Library(
        new Lowering.Contraction.MatMul(
            out.rank() == 3 ? out.dim(0) : Poly.ONE,
            out.dim(-2),
            out.dim(-1),
            a.dim(transposeA ? -2 : -1),
            a.rank() == 3,
            b.rank() == 3,
            transposeA,
            transposeB));
  }

  /** {@code Ops.matmul}. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding(
              "matmul", c -> new Argument.Tensor(multiply(c.graph(), c.tensor(0), c.tensor(1)))));
    }
  }
}
