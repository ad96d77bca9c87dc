package dev.cortado.compiler.op;

import dev.cortado.compiler.expr.Expr.Reduction;
import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.GraphCopy;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recurrence with less to do in each step. A product of a slice with a matrix that does not
 * change becomes one product of the whole sequence, before. A state that only sums up products, as
 * the gradient of a weight does, or sums over rows, as that of a bias does, becomes one product or
 * sum of what the steps stack, after; so does a stacked product.
 */
final class HoistedScan {
  private final Scan scan;
  private final GraphBuilder graph;
  private final List<Value> inputs;
  private final ScanBody body;
  private final List<Value> leaves;
  private final Map<Value, Integer> readers = new HashMap<>();

  /** Values of the body and what stands for all their slices, {@code [length, …]}, outside. */
  private final Map<Value, Value> whole = new HashMap<>();

  /** States that only sum up, and what each step adds to them. */
  private final Map<Integer, Value> sums = new HashMap<>();

  /** Stacked outputs that are products with an unchanging matrix, which is done after. */
  private final Set<Value> products = new HashSet<>();

  /** What is stacked, and where among it each value is. */
  private final List<Value> stacked = new ArrayList<>();

  private final Map<Value, Integer> places = new HashMap<>();

  private HoistedScan(Scan scan, GraphBuilder graph, List<Value> inputs) {
    this.scan = scan;
    this.graph = graph;
    this.inputs = inputs;
    this.body = new ScanBody(graph, scan.position(), scan.length());
    this.leaves = scan.bodyInputs();
  }

  /**
   * The values for the results of a scan.
   *
   * @param inputs of the scan, in {@code graph}
   */
  static List<Value> of(Scan scan, GraphBuilder graph, List<Value> inputs) {
    return new HoistedScan(scan, graph, inputs).results();
  }

  private List<Value> results() {
    countReaders();
    for (int i = scan.states(); i < scan.states() + scan.sequences(); i++) {
      whole.put(leaves.get(i), inputs.get(i));
    }
    scan.body().nodes().forEach(this::hoist);
    for (int i = 0; i < scan.states(); i++) {
      Value added = added(i);
      if (added != null) {
        sums.put(i, added);
      }
    }
    for (Value value : scan.stacked()) {
      if (isProduct(value)) {
        products.add(value);
        stack(value.node().input(0));
      } else {
        stack(value);
      }
    }
    sums.values().forEach(added -> unshaped(added).node().inputs().forEach(this::stack));
    Node rest = rest();
    return results(rest);
  }

  private void countReaders() {
    scan.body().nodes().forEach(n -> n.inputs().forEach(v -> readers.merge(v, 1, Integer::sum)));
    scan.next().forEach(v -> readers.merge(v, 1, Integer::sum));
    scan.stacked().forEach(v -> readers.merge(v, 1, Integer::sum));
  }

  /** What an input of the body stands for outside, where it is the same in every step. */
  private @Nullable Value captured(Value leaf) {
    int i = leaves.indexOf(leaf);
    return i >= scan.states() + scan.sequences() ? inputs.get(i) : null;
  }

  /** Products of a slice and an unchanging matrix, and such products with an unchanging bias. */
  private void hoist(Node node) {
    if (node.op() instanceof MatMul m && !m.transposeA()) {
      Value sequence = whole.get(node.input(0));
      Value matrix = captured(node.input(1));
      if (sequence != null && matrix != null && isMatrix(node.input(0)) && isMatrix(matrix)) {
        put(node.value(), graph.apply(m, rows(sequence), matrix));
      }
    } else if (node.op() instanceof Elementwise e && e.isSum() && isMatrix(node.value())) {
      Value left = whole.get(node.input(0));
      Value bias = captured(node.input(1));
      boolean product = node.input(0).node().op() instanceof MatMul;
      if (left != null && bias != null && product && bias.shape().rank() == 1) {
        put(node.value(), Arithmetic.add(graph, rows(left), bias));
      }
    }
  }

  private static boolean isMatrix(Value v) {
    return v.shape().rank() == 2;
  }

  /** All slices of a sequence of matrices, one below the other. */
  private Value rows(Value sequence) {
    Shape shape = sequence.shape();
    return Reshape.to(graph, sequence, Shape.of(shape.count(0, 2), shape.dim(2)));
  }

  private void put(Value inBody, Value rows) {
    Shape each = inBody.shape();
    Shape all = Shape.of(scan.length()).concat(each);
    whole.put(inBody, Reshape.to(graph, rows, all));
  }

  /** What each step adds to a state that nothing else reads; null for other states. */
  private @Nullable Value added(int state) {
    Value leaf = leaves.get(state);
    Value next = scan.next().get(state);
    boolean onlySums =
        next.node().op() instanceof Elementwise e
            && e.isSum()
            && next.node().inputs().contains(leaf)
            && readers.getOrDefault(leaf, 0) == 1
            && readers.getOrDefault(next, 0) == 1;
    if (!onlySums) {
      return null;
    }
    Value other = next.node().input(next.node().input(0).equals(leaf) ? 1 : 0);
    return other.shape().equals(next.shape()) && isSummable(other) ? other : null;
  }

  private static boolean isSummable(Value v) {
    Node node = unshaped(v).node();
    return switch (node.op()) {
      case MatMul m -> v.node().equals(node) && isProductOfRows(node, m);
      case Reduce r -> r.kind() == Reduction.SUM && isSumOfRows(node, r);
      default -> false;
    };
  }

  private static Value unshaped(Value v) {
    return v.node().op() instanceof Reshape ? unshaped(v.node().input(0)) : v;
  }

  private static boolean isProductOfRows(Node node, MatMul m) {
    return m.transposeA() && !m.transposeB() && isMatrix(node.input(0)) && isMatrix(node.input(1));
  }

  private static boolean isSumOfRows(Node node, Reduce r) {
    return isMatrix(node.input(0)) && r.dims().equals(List.of(0));
  }

  private boolean isProduct(Value v) {
    return v.node().op() instanceof MatMul m
        && !m.transposeA()
        && isMatrix(v.node().input(0))
        && readers.getOrDefault(v, 0) == 1
        && captured(v.node().input(1)) != null
        && isMatrix(v.node().input(1));
  }

  /** Has the value of every step kept, unless it is the slice of a sequence. */
  private void stack(Value value) {
    if (!whole.containsKey(value) && !places.containsKey(value)) {
      places.put(value, stacked.size());
      stacked.add(value);
    }
  }

  /** The scan of what is left. */
  private Node rest() {
    Map<Value, Value> given = new HashMap<>();
    List<Value> initial = new ArrayList<>();
    List<Value> next = new ArrayList<>();
    Set<Node> dropped = new HashSet<>();
    for (int i = 0; i < scan.states(); i++) {
      if (sums.containsKey(i)) {
        dropped.add(scan.next().get(i).node());
      } else {
        given.put(leaves.get(i), body.state("state", leaves.get(i).type()));
        initial.add(inputs.get(i));
        next.add(scan.next().get(i));
      }
    }
    whole.forEach((inside, all) -> given.put(inside, body.slice(inside.node().op().name(), all)));
    for (int i = scan.states() + scan.sequences(); i < leaves.size(); i++) {
      given.put(leaves.get(i), body.captured(inputs.get(i)));
    }
    Graph kept =
        new Graph(scan.body().nodes().stream().filter(n -> !isDropped(n, dropped)).toList());
    Map<Value, Value> copies = GraphCopy.copy(kept, body.graph(), given, n -> false);
    return body.finish(
        initial,
        next.stream().map(copies::get).toList(),
        stacked.stream().map(copies::get).toList(),
        scan.reverse());
  }

  private boolean isDropped(Node node, Set<Node> dropped) {
    if (dropped.contains(node)) {
      return true;
    }
    int i = node.types().size() == 1 ? leaves.indexOf(node.value()) : -1;
    return i >= 0 && sums.containsKey(i);
  }

  private List<Value> results(Node rest) {
    int states = scan.states() - sums.size();
    List<Value> results = new ArrayList<>();
    int kept = 0;
    for (int i = 0; i < scan.states(); i++) {
      Value added = sums.get(i);
      results.add(added == null ? rest.value(kept++) : total(i, added, rest, states));
    }
    for (Value value : scan.stacked()) {
      results.add(
          products.contains(value) ? product(value, rest, states) : all(value, rest, states));
    }
    return results;
  }

  /** All steps' values together. */
  private Value all(Value value, Node rest, int states) {
    Integer place = places.get(value);
    Value all = place == null ? whole.get(value) : rest.value(states + place);
    if (all == null) {
      throw new IllegalStateException("not stacked: " + value.node());
    }
    return all;
  }

  private Value product(Value value, Node rest, int states) {
    Value matrix = captured(value.node().input(1));
    if (matrix == null) {
      throw new IllegalStateException("not captured: " + value.node());
    }
    Value rows = rows(all(value.node().input(0), rest, states));
    Value product = graph.add(value.node().op(), List.of(rows, matrix)).value();
    return Reshape.to(graph, product, Shape.of(scan.length()).concat(value.shape()));
  }

  private Value total(int state, Value added, Node rest, int states) {
    Node each = unshaped(added).node();
    List<Value> operands = new ArrayList<>();
    for (Value operand : each.inputs()) {
      operands.add(rows(all(operand, rest, states)));
    }
    Shape shape = added.shape();
    Value total = Reshape.to(graph, graph.add(each.op(), operands).value(), shape);
    Value initial = inputs.get(state);
    boolean isZero = initial.node().op() instanceof Fill f && f.value() == 0;
    return isZero ? total : Arithmetic.add(graph, initial, total);
  }
}
