package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Element;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.LoopVar;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a table by index: {@code table [rows, features]}, {@code [...] → [..., features]}. */
public record Embedding() implements Op, Ranged {
  @Override
  public String name() {
    return "embedding";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    Shape table = inputs.get(0).shape();
    if (table.rank() != 2) {
      throw new OpError(
          "embedding", "embedding: the table must be [rows, features], but is " + table);
    }
    return List.of(Type.floats(inputs.get(1).shape().concat(Shape.of(table.dim(1)))));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    Poly rows = node.input(0).shape().dim(0);
    return Arrays.asList(
        graph.apply(new Gradient(rows), node.input(1), Op.only(outputGradients)), null);
  }

  @Override
  public Lowering lower(Node node) {
    return new Lowering.Pointwise(
        (inputs, index) -> {
          List<Poly> which = index.subList(0, index.size() - 1);
          return inputs.at(0, List.of(inputs.intAt(1, which), index.getLast()));
        },
        false);
  }

  @Override
  public Value indices(Node node) {
    return node.input(1);
  }

  @Override
  public Poly bound(Node node) {
    return node.input(0).shape().dim(0);
  }

  /** Sums the gradients of all uses of a row: {@code indices [...]}, {@code [..., features]}. */
  public record Gradient(Poly rows) implements Op {
    @Override
    public String name() {
      return "embeddingGradient";
    }

    @Override
    public List<Type> infer(List<Type> inputs) {
      return List.of(Type.floats(Shape.of(rows, inputs.get(1).shape().dim(-1))));
    }

    @Override
    public List<@Nullable Value> gradient(
        GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
      return Arrays.asList(
          null, graph.apply(new Embedding(), Op.only(outputGradients), node.input(0)));
    }

    /**
     * Any row may be used anywhere, so threads share out the features, a cache line of them at
     * once.
     */
    @Override
    public Lowering lower(Node node) {
      Poly features = node.input(1).shape().dim(-1);
      Poly uses = node.input(0).shape().count();
      return new Lowering.Loops(
          (inputs, outputs) -> {
            Poly width = Poly.of(width(features));
            LoopVar block = LoopVar.named("block");
            LoopVar row = LoopVar.named("row");
            LoopVar use = LoopVar.named("use");
            LoopVar f = LoopVar.named("f");
            Poly feature = Poly.of(block).times(width).plus(Poly.of(f));
            Stmt zero =
                new Stmt.Store(
                    outputs.getFirst(), Poly.of(row).times(features).plus(feature), Formula.ZERO);
            Poly which = Poly.of(new Element(inputs.get(0), Poly.of(use)));
            Stmt add =
                new Stmt.Accumulate(
                    outputs.getFirst(),
                    which.times(features).plus(feature),
                    new Expr.Load(inputs.get(1), Poly.of(use).times(features).plus(feature)));
            List<Stmt> perBlock = new ArrayList<>();
            perBlock.add(nest(row, rows, f, width, zero));
            perBlock.add(nest(use, uses, f, width, add));
            return List.of(new Stmt.For(block, features.floorDiv(width), true, perBlock));
          });
    }

    private static int width(Poly features) {
      for (int width = 16; width > 1; width /= 2) {
        if (features.dividedBy(Poly.of(width)) != null) {
          return width;
        }
      }
      return 1;
    }

    private static Stmt nest(LoopVar outer, Poly extent, LoopVar inner, Poly width, Stmt body) {
      return new Stmt.For(
          outer, extent, false, List.of(new Stmt.For(inner, width, false, List.of(body))));
    }
  }

  /** {@code Ops.embedding}. */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding(
              "embedding",
              c ->
                  new Argument.Tensor(c.graph().apply(new Embedding(), c.tensor(0), c.tensor(1)))));
    }
  }
}
