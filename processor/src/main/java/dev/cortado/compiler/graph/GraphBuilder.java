package dev.cortado.compiler.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Appends nodes. Equal operations on equal inputs are shared as they are made (common
 * subexpressions are computed once). A nested builder (the step of a scan) has nodes of its own.
 */
public final class GraphBuilder {
  private record Key(Op op, List<Value> inputs) {}

  private final List<Node> nodes = new ArrayList<>();
  private final Map<Key, Node> shared = new HashMap<>();
  private Origin origin = Origin.NONE;

  /** Nodes made from now on come from here. */
  public void at(Origin newOrigin) {
    origin = newOrigin;
  }

  public Origin origin() {
    return origin;
  }

  /**
   * @throws OpError when the inputs do not fit
   */
  public Node add(Op op, List<Value> inputs) {
    Key key = new Key(op, List.copyOf(inputs));
    Node known = shared.get(key);
    if (known != null) {
      return known;
    }
    List<Type> types = op.infer(inputs.stream().map(Value::type).toList());
    Node node = new Node(nodes.size(), op, inputs, types, origin);
    nodes.add(node);
    shared.put(key, node);
    return node;
  }

  /** The one result of {@code op} on {@code inputs}. */
  public Value apply(Op op, Value... inputs) {
    return add(op, List.of(inputs)).value();
  }

  public Graph build() {
    return new Graph(nodes);
  }
}
