package dev.cortado.compiler.graph;

import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Appends nodes. Equal operations on equal inputs are shared as they are made (common
 * subexpressions are computed once). A nested builder (the step of a scan) has nodes of its own.
 */
public final class GraphBuilder {
  private record Key(Op op, List<Value> inputs) {}

  private final List<Node> nodes = new ArrayList<>();
  private final Map<Key, Node> shared = new HashMap<>();
  private final AtomicInteger streams;
  private final Poly step;
  private Origin origin = Origin.NONE;

  public GraphBuilder() {
    this(new AtomicInteger(), Poly.ZERO);
  }

  private GraphBuilder(AtomicInteger streams, Poly step) {
    this.streams = streams;
    this.step = step;
  }

  /**
   * A builder for the body of a loop.
   *
   * @param position where along the loop the body runs, from 0 on
   */
  public GraphBuilder nested(LoopVar position, Poly length) {
    GraphBuilder body = new GraphBuilder(streams, step.times(length).plus(Poly.of(position)));
    body.at(origin);
    return body;
  }

  /** How often the nodes made here have run before in the same pass: 0 outside of loops. */
  public Poly step() {
    return step;
  }

  /** A number for a random operation, different from all others of the model. */
  public int nextStream() {
    return streams.getAndIncrement();
  }

  /** The number of nodes so far: the id of the next one. */
  public int size() {
    return nodes.size();
  }

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

  /** The nodes made so far. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  public Graph build() {
    return new Graph(nodes);
  }
}
