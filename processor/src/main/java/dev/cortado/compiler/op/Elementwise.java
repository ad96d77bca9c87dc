package dev.cortado.compiler.op;

import dev.cortado.compiler.expr.Derivative;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.Occurrences;
import dev.cortado.compiler.expr.Rewriter;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scalar function applied to each element of its broadcast operands: every built-in element-wise
 * operation and every function given to {@code map}. It is differentiated symbolically.
 *
 * @param body over {@code Arg(0)} to {@code Arg(arity - 1)}
 * @param label the name in messages and comments: {@code relu}, {@code swish}
 */
public record Elementwise(Expr body, int arity, String label) implements Op {
  /** A function larger than this when written out in full is split by its author, not by us. */
  private static final int LARGEST = 20_000;

  private static final Expr SUM = Formula.add(Formula.arg(0), Formula.arg(1));

  public Elementwise {
    if (Occurrences.writtenSize(body) > LARGEST) {
      throw new OpError(
          "map-too-large",
          label
              + ": the function or its derivative has more than "
              + LARGEST
              + " operations when written out in full; apply it in several map(...) steps");
    }
  }

  /** {@code body} of {@code inputs}, simplified; an input that occurs twice is read once. */
  public static Value of(GraphBuilder graph, String label, Expr body, Value... inputs) {
    return of(graph, label, body, List.of(inputs));
  }

  /** {@code body} of {@code inputs}, simplified; an input that occurs twice is read once. */
  public static Value of(GraphBuilder graph, String label, Expr body, List<Value> inputs) {
    Shape full = Broadcast.shape(label, inputs.stream().map(Value::shape).toList());
    Expr simple = Rewriter.simplify(body);
    List<Value> used = new ArrayList<>();
    List<Expr> arguments = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Value input = inputs.get(i);
      if (!used.contains(input) && Occurrences.arguments(simple).contains(i)) {
        used.add(input);
      }
      arguments.add(Formula.arg(used.indexOf(input)));
    }
    if (!Broadcast.shape(label, used.stream().map(Value::shape).toList()).equals(full)) {
      // An operand that is not read still gives the result its shape.
      return graph.add(new Elementwise(simple, inputs.size(), label), inputs).value();
    }
    Expr reindexed = Rewriter.substitute(simple, arguments);
    if (reindexed.equals(Formula.arg(0)) && used.size() == 1) {
      return used.getFirst();
    }
    return graph.add(new Elementwise(reindexed, used.size(), label), used).value();
  }

  /** Whether this is the sum of two operands. */
  public boolean isSum() {
    return body.equals(SUM);
  }

  @Override
  public String name() {
    return label;
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    return List.of(Type.floats(Broadcast.shape(label, inputs.stream().map(Type::shape).toList())));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    return gradient(graph, node, outputGradients, node.inputs().stream().map(v -> true).toList());
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients, List<Boolean> wanted) {
    List<@Nullable Value> gradients = new ArrayList<>();
    for (int i = 0; i < arity; i++) {
      Expr slope = wanted.get(i) ? slope(i) : Formula.ZERO;
      if (Formula.isZero(slope)) {
        gradients.add(null);
        continue;
      }
      List<Value> arguments = new ArrayList<>(node.inputs());
      arguments.add(node.value());
      arguments.add(Op.only(outputGradients));
      Value each =
          of(graph, label + "Gradient", Formula.mul(slope, Formula.arg(arity + 1)), arguments);
      gradients.add(Broadcast.sumTo(graph, each, node.input(i).shape()));
    }
    return gradients;
  }

  /**
   * The derivative by argument {@code i}; {@code Arg(arity)} stands for the function's own value.
   */
  private Expr slope(int i) {
    Expr known = arity == 1 ? OutputSlopes.of(body) : null;
    return known != null ? known : Derivative.of(body, i);
  }

  @Override
  public Lowering lower(Node node) {
    boolean cheap = body instanceof Expr.Arg || Occurrences.arguments(body).isEmpty();
    return new Lowering.Pointwise(
        (inputs, index) -> {
          List<Expr> arguments = new ArrayList<>();
          for (int i = 0; i < arity; i++) {
            arguments.add(inputs.at(i, Broadcast.index(index, node.input(i).shape())));
          }
          return Rewriter.substitute(body, arguments);
        },
        cheap);
  }

  @Override
  public String toString() {
    return label;
  }
}
