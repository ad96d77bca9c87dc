package dev.cortado.compiler.op;

import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.graph.Backward;
import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.GraphCopy;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The step of a scan while it is being made. What it reads becomes known as it grows; {@link
 * #finish} leaves out what nothing needs and numbers the rest.
 */
final class ScanBody {
  private final GraphBuilder outer;
  private final LoopVar position;
  private final Poly length;
  private final GraphBuilder graph;
  private final List<Value> states = new ArrayList<>();

  /** Values of the outer graph and the inputs that stand for them, or for their slices. */
  private final Map<Value, Value> slices = new LinkedHashMap<>();

  private final Map<Value, Value> captured = new LinkedHashMap<>();
  private int inputs;

  ScanBody(GraphBuilder outer, LoopVar position, Poly length) {
    this.outer = outer;
    this.position = position;
    this.length = length;
    graph = outer.nested(position, length);
  }

  GraphBuilder graph() {
    return graph;
  }

  Value state(String label, Type type) {
    Value state = input(label, type);
    states.add(state);
    return state;
  }

  /** The slice of a sequence whose first dimension is the one scanned. */
  Value slice(String label, Value sequence) {
    Value known = slices.get(sequence);
    if (known != null) {
      return known;
    }
    Shape shape = sequence.shape();
    Value slice = input(label, new Type(sequence.type().element(), shape.slice(1, shape.rank())));
    slices.put(sequence, slice);
    return slice;
  }

  /** A value of the outer graph inside of the body; what is made from nothing is made again. */
  Value captured(Value value) {
    Node node = value.node();
    if (node.op() instanceof Fill || node.op() instanceof Pattern) {
      return graph.add(node.op(), List.of()).value();
    }
    Value known = captured.get(value);
    if (known != null) {
      return known;
    }
    String name = node.origin().name().isEmpty() ? node.op().name() : node.origin().name();
    Value inside = input(name, value.type());
    captured.put(value, inside);
    return inside;
  }

  private Value input(String label, Type type) {
    return graph.apply(new Input(Input.Role.BODY, inputs++, label, type));
  }

  /**
   * Adds the scan to the outer graph.
   *
   * @param initial one for each state
   * @param next one for each state
   */
  Node finish(List<Value> initial, List<Value> next, List<Value> stacked, boolean reverse) {
    List<Value> results = new ArrayList<>(next);
    results.addAll(stacked);
    Set<Node> needed = Backward.needed(graph.nodes(), results);
    GraphBuilder body = outer.nested(position, length);
    Map<Value, Value> inputs = new HashMap<>();
    List<Value> arguments = new ArrayList<>(initial);
    states.forEach(v -> renumber(v, body, inputs));
    slices.forEach((value, inside) -> keep(value, inside, needed, body, inputs, arguments));
    int sequences = arguments.size() - initial.size();
    captured.forEach((value, inside) -> keep(value, inside, needed, body, inputs, arguments));
    Graph rest = new Graph(graph.nodes().stream().filter(needed::contains).toList());
    Map<Value, Value> copies = GraphCopy.copy(rest, body, inputs, n -> false);
    Scan scan =
        new Scan(
            body.build(),
            states.size(),
            sequences,
            next.stream().map(copies::get).toList(),
            stacked.stream().map(copies::get).toList(),
            length,
            position,
            reverse,
            0);
    return outer.add(scan, arguments);
  }

  private static void keep(
      Value value,
      Value inside,
      Set<Node> needed,
      GraphBuilder body,
      Map<Value, Value> inputs,
      List<Value> arguments) {
    if (needed.contains(inside.node())) {
      renumber(inside, body, inputs);
      arguments.add(value);
    }
  }

  private static void renumber(Value inside, GraphBuilder body, Map<Value, Value> inputs) {
    Input input = (Input) inside.node().op();
    body.at(inside.node().origin());
    Input numbered = new Input(Input.Role.BODY, inputs.size(), input.label(), inside.type());
    inputs.put(inside, body.apply(numbered));
  }
}
