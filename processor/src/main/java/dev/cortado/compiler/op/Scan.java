package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Requirement;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recurrence: one loop in the graph, never unrolled. The node's inputs are the initial states,
 * then the sequences (the scan dimension first: {@code [length, …]}), then the captured values; its
 * results are the last states, then the stacked outputs ({@code [length, …]}). Its gradient is
 * another scan, the other way.
 *
 * <p>Its lowering is {@code Leaf}: the planner turns the node into a loop over the planned body.
 *
 * @param body its leaves are {@code Input}s of role BODY: states, then slices, then captured
 * @param next the next state for each state, values of the body
 * @param stacked values of the body that are stacked over the steps
 * @param position the step's place along the scan dimension, an atom that expressions of the body
 *     may use
 * @param reverse last step first; slices and stacked outputs keep their places
 * @param saved how many of the last stacked outputs are kept for the gradient: the states before
 *     each step, then the {@link KeptValues}
 */
public record Scan(
    Graph body,
    int states,
    int sequences,
    List<Value> next,
    List<Value> stacked,
    Poly length,
    LoopVar position,
    boolean reverse,
    int saved)
    implements Op {
  public Scan {
    next = List.copyOf(next);
    stacked = List.copyOf(stacked);
  }

  /** The body's inputs, one for each of the node's: states, slices, captured values. */
  public List<Value> bodyInputs() {
    return body.nodes().stream()
        .filter(n -> n.op() instanceof Input i && i.role() == Input.Role.BODY)
        .sorted(Comparator.comparing(n -> ((Input) n.op()).position()))
        .map(Node::value)
        .toList();
  }

  /**
   * The values for this scan's results with products and sums taken out of the steps, where that
   * can be.
   *
   * @param inputs of the scan, in {@code graph}
   */
  public List<Value> hoisted(GraphBuilder graph, List<Value> inputs) {
    return HoistedScan.of(this, graph, inputs);
  }

  @Override
  public String name() {
    return "scan";
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    List<Type> types = new ArrayList<>();
    next.forEach(v -> types.add(v.type()));
    stacked.forEach(v -> types.add(Type.floats(Shape.of(length).concat(v.shape()))));
    return types;
  }

  @Override
  public Op saving() {
    if (saved > 0) {
      return this;
    }
    List<Value> results = new ArrayList<>(next);
    results.addAll(stacked);
    List<Value> more = new ArrayList<>(bodyInputs().subList(0, states));
    more.addAll(KeptValues.of(body, results));
    int count = more.size();
    more.addAll(0, stacked);
    return new Scan(body, states, sequences, next, more, length, position, reverse, count);
  }

  /** The values of the body kept for the gradient beside the states. */
  List<Value> kept() {
    return saved == 0
        ? List.of()
        : stacked.subList(stacked.size() - saved + states, stacked.size());
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    return gradient(graph, node, outputGradients, node.inputs().stream().map(v -> true).toList());
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients, List<Boolean> wanted) {
    if (saved < states) {
      throw new IllegalStateException("a scan is differentiated in its saving() form");
    }
    return new ScanGradient(this, graph, node, wanted).of(outputGradients);
  }

  @Override
  public List<Poly> requirements(Node node) {
    return Requirement.of(body).stream().map(Requirement::size).toList();
  }

  @Override
  public Lowering lower(Node node) {
    return new Lowering.Leaf();
  }

  @Override
  public String toString() {
    return "scan over " + length;
  }

  /**
   * {@code scan} and {@code scanAll} of {@code Ops}; a record of tensors comes and goes as a list.
   */
  @AutoService(Operation.class)
  public static final class Bindings implements Operation {
    @Override
    public List<Binding> bindings() {
      return List.of(
          new Binding("scan", c -> stage(c, false)), new Binding("scanAll", c -> stage(c, true)));
    }

    private static Argument stage(Call call, boolean all) {
      GraphBuilder graph = call.graph();
      if (!(call.arguments().getFirst() instanceof Argument.Step step)) {
        throw call.unexpected(0, "a step (state, x) -> state");
      }
      Argument state = call.arguments().get(1);
      List<Value> initial = tensors(call, state);
      Value xs = call.tensor(2);
      int dim = Dims.index(call.method(), call.integer(3), xs.shape());
      Value sequence = Permute.move(graph, xs, dim, 0);
      Poly length = sequence.shape().dim(0);
      ScanBody body = new ScanBody(graph, LoopVar.named("t"), length);
      List<Value> before = initial.stream().map(v -> body.state("state", v.type())).toList();
      Value x = body.slice("x", sequence);
      List<Value> after = step.stage(body.graph(), before, x, body::captured).nextState();
      requireSameShapes(call, before, after);
      Node node = body.finish(initial, after, all ? after : List.of(), false);
      List<Value> results = new ArrayList<>();
      for (int i = 0; i < initial.size(); i++) {
        results.add(all ? stackedAt(call, dim, node.value(initial.size() + i)) : node.value(i));
      }
      return structured(state, results.iterator());
    }

    private static List<Value> tensors(Call call, Argument state) {
      return new Call(call.graph(), call.method(), List.of(state), List.of(call.text(1)))
          .tensors(0);
    }

    private static Value stackedAt(Call call, int dim, Value stacked) {
      int to = Dims.index(call.method(), dim, stacked.shape());
      return Permute.move(call.graph(), stacked, 0, to);
    }

    private static void requireSameShapes(Call call, List<Value> before, List<Value> after) {
      for (int i = 0; i < before.size(); i++) {
        Shape expected = before.get(i).shape();
        if (!after.get(i).shape().equals(expected)) {
          throw new OpError(
              "scan-state",
              call.method()
                  + ": the step must keep the state's shape "
                  + expected
                  + ", but returns "
                  + after.get(i).shape()
                  + "; start from a state of that shape");
        }
      }
    }

    /** The tensors in the form of {@code like}: one, or a list for a record. */
    private static Argument structured(Argument like, Iterator<Value> tensors) {
      if (like instanceof Argument.Many(List<Argument> elements)) {
        return new Argument.Many(elements.stream().map(e -> structured(e, tensors)).toList());
      }
      return new Argument.Tensor(tensors.next());
    }
  }
}
