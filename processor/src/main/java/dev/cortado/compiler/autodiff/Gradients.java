package dev.cortado.compiler.autodiff;

import dev.cortado.compiler.graph.Backward;
import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.GraphCopy;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.op.Arithmetic;
import dev.cortado.compiler.op.Fill;
import dev.cortado.compiler.op.Input;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A forward pass together with gradients, as one graph: what both need is computed once.
 *
 * @param graph the forward pass, rebuilt, and the backward pass after it
 * @param counterparts each value of the given forward graph in {@code graph}
 * @param gradients in the order asked for; null where no gradient reaches
 * @param outputGradients the inputs that take gradients of outputs, in their order; empty for a
 *     loss
 */
public record Gradients(
    Graph graph,
    Map<Value, Value> counterparts,
    List<@Nullable Value> gradients,
    List<Value> outputGradients) {

  /**
   * The gradients of a scalar.
   *
   * @param loss a value of {@code forward} without dimensions
   * @param wrt values of {@code forward}: parameters, inputs
   */
  public static Gradients ofLoss(Graph forward, Value loss, List<Value> wrt) {
    if (!loss.shape().equals(Shape.SCALAR)) {
      throw new IllegalArgumentException("a loss is a scalar, not " + loss.shape());
    }
    GraphBuilder graph = new GraphBuilder();
    Map<Value, Value> counterparts = rebuild(forward, graph, List.of(loss), wrt);
    List<Node> nodes = graph.nodes();
    graph.at(loss.node().origin());
    Value one = graph.apply(new Fill(1, Shape.SCALAR));
    Map<Value, Value> seeds = Map.of(at(counterparts, loss), one);
    return finish(graph, nodes, counterparts, seeds, wrt, List.of());
  }

  /**
   * The gradients of the sum of the outputs' products with given gradients, which become inputs of
   * role {@link Input.Role#OUTPUT_GRADIENT}.
   */
  public static Gradients ofOutputs(Graph forward, List<Value> outputs, List<Value> wrt) {
    GraphBuilder graph = new GraphBuilder();
    Map<Value, Value> counterparts = rebuild(forward, graph, outputs, wrt);
    List<Node> nodes = graph.nodes();
    Map<Value, Value> seeds = new HashMap<>();
    List<Value> given = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Value output = outputs.get(i);
      graph.at(output.node().origin().named("outputGradient"));
      String label = outputs.size() == 1 ? "outputGradient" : "outputGradient" + i;
      Value gradient = graph.apply(new Input(Input.Role.OUTPUT_GRADIENT, i, label, output.type()));
      given.add(gradient);
      seeds.merge(at(counterparts, output), gradient, (a, b) -> Arithmetic.add(graph, a, b));
    }
    return finish(graph, nodes, counterparts, seeds, wrt, given);
  }

  /** Copies the forward pass; operations that gradients go through keep what these need. */
  private static Map<Value, Value> rebuild(
      Graph forward, GraphBuilder graph, List<Value> results, List<Value> wrt) {
    Set<Node> influenced = Backward.influenced(forward.nodes(), wrt);
    Set<Node> needed = Backward.needed(forward.nodes(), results);
    return GraphCopy.copy(
        forward, graph, Map.of(), n -> influenced.contains(n) && needed.contains(n));
  }

  private static Gradients finish(
      GraphBuilder graph,
      List<Node> nodes,
      Map<Value, Value> counterparts,
      Map<Value, Value> seeds,
      List<Value> wrt,
      List<Value> outputGradients) {
    List<Value> targets = wrt.stream().map(v -> at(counterparts, v)).toList();
    Map<Value, Value> found =
        Backward.through(graph, nodes, seeds, targets, (a, b) -> Arithmetic.add(graph, a, b));
    List<@Nullable Value> gradients = new ArrayList<>();
    targets.forEach(v -> gradients.add(found.get(v)));
    return new Gradients(
        graph.build(), counterparts, Collections.unmodifiableList(gradients), outputGradients);
  }

  private static Value at(Map<Value, Value> counterparts, Value original) {
    Value counterpart = counterparts.get(original);
    if (counterpart == null) {
      throw new IllegalArgumentException(original + " is not of this graph");
    }
    return counterpart;
  }
}
