package dev.cortado.compiler.op;

import dev.cortado.compiler.graph.Backward;
import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.GraphCopy;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a scan: a scan the other way. Its states are the gradients of the states and,
 * summed up step by step, those of the captured values; each step computes the forward step again
 * from the states saved before it and the {@link KeptValues}, and stacks the gradients of its
 * slices.
 */
final class ScanGradient {
  private final Scan scan;
  private final GraphBuilder graph;
  private final Node node;
  private final List<Boolean> wanted;
  private final ScanBody body;

  /** The forward body's inputs, and what stands for them in the backward body. */
  private final List<Value> originals;

  private final List<Value> inputs = new ArrayList<>();

  ScanGradient(Scan scan, GraphBuilder graph, Node node, List<Boolean> wanted) {
    this.scan = scan;
    this.graph = graph;
    this.node = node;
    this.wanted = wanted;
    body = new ScanBody(graph, scan.position(), scan.length());
    originals = scan.bodyInputs();
  }

  List<@Nullable Value> of(List<@Nullable Value> outputGradients) {
    List<Value> carried = new ArrayList<>();
    List<Value> initial = new ArrayList<>();
    for (int i = 0; i < scan.states(); i++) {
      carried.add(body.state("gradient", scan.next().get(i).type()));
      Value given = outputGradients.get(i);
      initial.add(given != null ? given : zeros(graph, scan.next().get(i)));
    }
    Map<Value, Value> found = stepGradients(carried, outputGradients);
    List<Value> next = new ArrayList<>();
    for (int i = 0; i < scan.states(); i++) {
      Value gradient = found.remove(inputs.get(i));
      next.add(gradient != null ? gradient : zeros(body.graph(), carried.get(i)));
    }
    // Where the gradient of each of the node's inputs is among the results; -1 where none flows.
    int[] result = new int[originals.size()];
    List<Value> stacked = new ArrayList<>();
    for (int i = 0; i < originals.size(); i++) {
      result[i] = i < scan.states() ? i : -1;
      if (i < scan.states() + scan.sequences()) {
        continue;
      }
      // Removed, so that a value captured under two names gets its gradient once.
      Value gradient = found.remove(inputs.get(i));
      if (gradient != null) {
        Value sum = body.state("sum", gradient.type());
        initial.add(zeros(graph, gradient));
        result[i] = next.size();
        next.add(Arithmetic.add(body.graph(), sum, gradient));
      }
    }
    for (int i = scan.states(); i < scan.states() + scan.sequences(); i++) {
      Value gradient = found.remove(inputs.get(i));
      if (gradient != null) {
        result[i] = next.size() + stacked.size();
        stacked.add(gradient);
      }
    }
    Node backward = body.finish(initial, next, stacked, !scan.reverse());
    List<@Nullable Value> gradients = new ArrayList<>();
    for (int place : result) {
      gradients.add(place < 0 ? null : backward.value(place));
    }
    return gradients;
  }

  private static Value zeros(GraphBuilder builder, Value like) {
    return Fill.zeros(builder, like.shape());
  }

  /** Builds one step, forward and back, and returns the gradients of {@link #inputs} in it. */
  private Map<Value, Value> stepGradients(
      List<Value> carried, List<@Nullable Value> outputGradients) {
    int firstSaved = node.types().size() - scan.saved();
    for (int i = 0; i < originals.size(); i++) {
      inputs.add(
          i < scan.states()
              ? body.slice("state", node.value(firstSaved + i))
              : i < scan.states() + scan.sequences()
                  ? body.slice("x", node.input(i))
                  : body.captured(node.input(i)));
    }
    Map<Value, Value> given = new HashMap<>();
    for (int i = 0; i < originals.size(); i++) {
      given.put(originals.get(i), inputs.get(i));
    }
    List<Value> wrt = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      boolean isFloat = inputs.get(i).type().element() == ElementType.FLOAT;
      if (isFloat && (i < scan.states() || wanted.get(i))) {
        wrt.add(inputs.get(i));
      }
    }
    List<Value> kept = scan.kept();
    Map<Value, Value> slices = new HashMap<>();
    for (int i = 0; i < kept.size(); i++) {
      slices.put(kept.get(i), body.slice("kept", node.value(firstSaved + scan.states() + i)));
    }
    Map<Value, Value> copies = copyStep(given, slices, wrt);
    Map<Value, Value> again = again(kept, copies);
    List<Node> nodes = body.graph().nodes();
    Map<Value, Value> seeds = new HashMap<>();
    for (int i = 0; i < scan.states(); i++) {
      seeds.merge(copies.get(scan.next().get(i)), carried.get(i), this::sum);
    }
    for (int i = 0; i < scan.stacked().size(); i++) {
      Value gradient = outputGradients.get(scan.states() + i);
      if (gradient != null) {
        Value slice = body.slice("gradient", gradient);
        seeds.merge(copies.get(scan.stacked().get(i)), slice, this::sum);
      }
    }
    Set<Value> ends = new HashSet<>(wrt);
    ends.addAll(slices.values());
    Map<Value, Value> gradients = Backward.through(body.graph(), nodes, seeds, ends, this::sum);
    // A kept value is read as a slice; its gradient goes on from the operation that it is of.
    for (Value value : kept.reversed()) {
      Value gradient = gradients.remove(slices.get(value));
      if (gradient != null) {
        Map<Value, Value> start = new HashMap<>(Map.of(again.get(value), gradient));
        Backward.through(body.graph(), nodes, start, ends, this::sum)
            .forEach((v, g) -> gradients.merge(v, g, this::sum));
      }
    }
    return gradients;
  }

  /** The operations that kept values are of: dead code, but for the way that gradients take. */
  private Map<Value, Value> again(List<Value> kept, Map<Value, Value> copies) {
    Map<Value, Value> again = new HashMap<>();
    for (Value value : kept) {
      Node origin = value.node();
      body.graph().at(origin.origin());
      List<Value> operands = origin.inputs().stream().map(copies::get).toList();
      Node copy = body.graph().add(origin.op(), operands);
      again.put(value, copy.value(value.index()));
    }
    return again;
  }

  /**
   * @param given what stands for inputs of the step
   * @param kept what stands for values that were kept
   */
  private Map<Value, Value> copyStep(
      Map<Value, Value> given, Map<Value, Value> kept, List<Value> wrt) {
    List<Value> sources = new ArrayList<>();
    given.forEach(
        (original, copy) -> {
          if (wrt.contains(copy)) {
            sources.add(original);
          }
        });
    List<Value> results = new ArrayList<>(scan.next());
    results.addAll(scan.stacked());
    Set<Node> influenced = Backward.influenced(scan.body().nodes(), sources);
    Set<Node> needed = Backward.needed(scan.body().nodes(), results);
    Map<Value, Value> known = new HashMap<>(given);
    known.putAll(kept);
    return GraphCopy.copy(
        scan.body(), body.graph(), known, n -> influenced.contains(n) && needed.contains(n));
  }

  private Value sum(Value a, Value b) {
    return Arithmetic.add(body.graph(), a, b);
  }
}
