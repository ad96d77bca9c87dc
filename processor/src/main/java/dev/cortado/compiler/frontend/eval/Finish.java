package dev.cortado.compiler.frontend.eval;

import com.sun.source.util.TreePath;
import dev.cortado.compiler.frontend.StagingError;
import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.Origin;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.model.ModelGraph.LayerCall;
import dev.cortado.compiler.op.Initial;
import dev.cortado.compiler.op.Input;
import dev.cortado.compiler.op.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last step of staging: parameters get their names, and the graph is copied without what no
 * output needs.
 */
final class Finish {
  private final Interpreter in;
  private final Map<Node, String> names;
  private final GraphBuilder finished = new GraphBuilder();
  private final Map<Node, Node> copies = new HashMap<>();

  Finish(Interpreter in, Instance model) {
    this.in = in;
    this.names = in.parameters.named(model);
  }

  ModelGraph graph(List<Value> outputs, @Nullable Value loss) {
    Graph staged = in.root.graph().build();
    Set<Node> needed = needed(staged, outputs, loss);
    // Parameters first, in their order: their place in the list is their place in a state_dict.
    names.keySet().forEach(this::copy);
    staged.nodes().stream().filter(needed::contains).forEach(this::copy);
    return new ModelGraph(
        in.signature,
        finished.build(),
        outputs.stream().map(this::copied).toList(),
        loss == null ? null : copied(loss),
        names.keySet().stream().map(this::copyOf).toList(),
        layers());
  }

  /** What outputs and loss are computed from, and all inputs. */
  private static Set<Node> needed(Graph graph, List<Value> outputs, @Nullable Value loss) {
    Set<Node> needed = new HashSet<>();
    outputs.forEach(v -> needed.add(v.node()));
    if (loss != null) {
      needed.add(loss.node());
    }
    for (Node node : graph.nodes().reversed()) {
      if (needed.contains(node) || node.op() instanceof Input) {
        needed.add(node);
        node.inputs().forEach(v -> needed.add(v.node()));
      }
    }
    return needed;
  }

  private void copy(Node node) {
    if (copies.containsKey(node)) {
      return;
    }
    Op op = node.op();
    if (op instanceof Initial) {
      throw stray(
          node,
          "random-outside-param",
          "uniform(...) and normal(...) can only start a @Param field: every run of a network must"
              + " give the same answer; use dropout for noise");
    }
    finished.at(node.origin());
    if (op instanceof Parameter parameter) {
      String name = names.get(node);
      if (name == null) {
        throw stray(
            node,
            "param-unheld",
            "this parameter belongs to an object that no field of the model holds, so it would not"
                + " be saved or trained; keep the layer in a field, an array or a List");
      }
      op = new Parameter(name, parameter.shape(), parameter.initializer());
      String layer = name.substring(0, Math.max(0, name.lastIndexOf('.')));
      finished.at(new Origin(name, layer, node.origin().frames()));
    }
    copies.put(node, finished.add(op, node.inputs().stream().map(this::copied).toList()));
  }

  private StagingError stray(Node node, String key, String message) {
    List<TreePath> where = in.parameters.stray(node);
    return new StagingError(key, message, where == null ? List.of() : where);
  }

  private Node copyOf(Node node) {
    Node copy = copies.get(node);
    if (copy == null) {
      throw new IllegalStateException("not copied: " + node);
    }
    return copy;
  }

  private Value copied(Value value) {
    return new Value(copyOf(value.node()), value.index());
  }

  private List<LayerCall> layers() {
    List<Node> staged = in.root.graph().build().nodes();
    List<LayerCall> calls = new ArrayList<>();
    for (Layers.Application a : in.layers.applications()) {
      List<Integer> nodes =
          staged.subList(a.from(), a.to()).stream()
              .filter(n -> copies.containsKey(n) && !(n.op() instanceof Parameter))
              .map(n -> copyOf(n).id())
              .distinct()
              .toList();
      List<String> parameters =
          a.layer() == null
              ? used(staged.subList(a.from(), a.to()))
              : in.parameters.below(a.layer(), names);
      calls.add(new LayerCall(a.name(), a.kind(), a.output(), parameters, nodes));
    }
    return calls;
  }

  /** The parameters that the nodes of a function, such as a scan, take. */
  private List<String> used(List<Node> nodes) {
    Set<Node> inputs = new HashSet<>();
    nodes.forEach(n -> n.inputs().forEach(v -> inputs.add(v.node())));
    return names.keySet().stream().filter(inputs::contains).map(this::nameOf).toList();
  }

  private String nameOf(Node parameter) {
    return copyOf(parameter).op().name();
  }
}
