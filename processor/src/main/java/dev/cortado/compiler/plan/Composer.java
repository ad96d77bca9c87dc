package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Rewriter;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds the expression of one element of a kept value, down to loads of buffers. */
final class Composer {
  private record Key(Value value, List<Poly> index) {}

  private final Buffers buffers;
  private final Indices indices;
  private final Map<Key, Expr> known = new HashMap<>();

  Composer(Buffers buffers, Indices indices) {
    this.buffers = buffers;
    this.indices = indices;
  }

  /** The element of a value that is being kept: from its own rule. */
  Expr element(Node node, Lowering.Pointwise lowering, List<Poly> index) {
    return new Sharing().share(expanded(node, lowering, index));
  }

  private Expr read(Value value, List<Poly> index) {
    Buffer buffer = buffers.find(value);
    if (buffer != null) {
      Poly position =
          buffer.type().shape().equals(value.shape())
              ? buffer.position(index)
              : value.shape().linear(index);
      return new Expr.Load(buffer, indices.simplify(position));
    }
    Key key = new Key(value, index);
    Expr expr = known.get(key);
    if (expr == null) {
      expr =
          switch (value.node().op().lower(value.node())) {
            case Lowering.Alias a -> {
              Value source = value.node().input(0);
              yield read(source, indices.reshaped(index, value.shape(), source.shape()));
            }
            case Lowering.Pointwise p -> expanded(value.node(), p, index);
            default -> throw new IllegalStateException("no buffer for " + value.node());
          };
      known.put(key, expr);
    }
    return expr;
  }

  private Expr expanded(Node node, Lowering.Pointwise lowering, List<Poly> index) {
    Expr template = Template.of(node, lowering, index, buffers::of);
    Expressions.visit(
        template,
        e -> {
          if (e instanceof Expr.Reduce r) {
            r.axes().forEach(a -> indices.declare(a.var(), a.extent()));
          }
        });
    return new Rewriter(e -> replaced(node, e), atom -> null).of(template);
  }

  private @org.jspecify.annotations.Nullable Expr replaced(Node node, Expr e) {
    return e instanceof Expr.Load(Template.Hole hole, Poly zero)
        ? read(node.input(hole.input()), hole.index().stream().map(indices::simplify).toList())
        : null;
  }
}
