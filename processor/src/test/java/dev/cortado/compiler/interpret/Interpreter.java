package dev.cortado.compiler.interpret;

import dev.cortado.compiler.expr.Element;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.op.Scan;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a graph, each node by its lowering. Integer tensors are arrays of whole numbers. */
public final class Interpreter {
  private final Evaluator evaluator;

  /** Runs with sizes for the symbols of shapes; random operations draw as in step {@code step}. */
  public Interpreter(Map<String, Long> symbols, long seed, long step) {
    evaluator = new Evaluator(symbols, seed, step);
  }

  public Interpreter(Map<String, Long> symbols) {
    this(symbols, 1, 0);
  }

  /** The number of elements of a shape. */
  public int count(Shape shape) {
    return evaluator.size(shape.count());
  }

  /**
   * The values of all nodes.
   *
   * @param leaves the elements of inputs and parameters, in row-major order
   */
  public Map<Value, double[]> run(Graph graph, Map<Value, double[]> leaves) {
    Map<Value, double[]> values = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Scan scan) {
        scan(node, scan, values);
      } else {
        run(node, leaves, values);
      }
    }
    return values;
  }

  private void run(Node node, Map<Value, double[]> leaves, Map<Value, double[]> values) {
    switch (node.op().lower(node)) {
      case Lowering.Leaf leaf -> {
        double[] given = leaves.get(node.value());
        if (given == null || given.length != count(node.value().shape())) {
          throw new IllegalStateException(
              "no elements, or not as many as needed, are given for " + node);
        }
        values.put(node.value(), given);
      }
      case Lowering.Alias alias -> values.put(node.value(), values.get(node.input(0)));
      case Lowering.Pointwise pointwise ->
          values.put(node.value(), pointwise(node, pointwise, values));
      case Lowering.Loops loops -> {
        List<Operand> outputs = new ArrayList<>();
        for (int i = 0; i < node.types().size(); i++) {
          double[] data = new double[count(node.value(i).shape())];
          // What was there before is unknown to a kernel.
          Arrays.fill(data, Double.NaN);
          values.put(node.value(i), data);
          outputs.add(new Buffer("out" + i, data));
        }
        evaluator.run(loops.rule().body(List.copyOf(buffers(node, values)), outputs));
      }
      case Lowering.Library library -> {
        double[] out = new double[count(node.value().shape())];
        new LibraryCalls(evaluator)
            .run(library.call(), values.get(node.input(0)), values.get(node.input(1)), out);
        values.put(node.value(), out);
      }
    }
  }

  private static List<Buffer> buffers(Node node, Map<Value, double[]> values) {
    List<Buffer> buffers = new ArrayList<>();
    for (Value input : node.inputs()) {
      buffers.add(new Buffer("in" + buffers.size(), values.get(input)));
    }
    return buffers;
  }

  private double[] pointwise(Node node, Lowering.Pointwise lowering, Map<Value, double[]> values) {
    Shape shape = node.value().shape();
    List<LoopVar> variables = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      variables.add(LoopVar.named("i"));
    }
    Expr element =
        lowering
            .rule()
            .at(new Loads(node, buffers(node, values)), variables.stream().map(Poly::of).toList());
    double[] out = new double[count(shape)];
    for (int position = 0; position < out.length; position++) {
      int rest = position;
      for (int i = shape.rank() - 1; i >= 0; i--) {
        int size = evaluator.size(shape.dim(i));
        evaluator.bind(variables.get(i), rest % size);
        rest /= size;
      }
      out[position] = evaluator.value(element);
    }
    return out;
  }

  private record Loads(Node node, List<Buffer> buffers) implements Lowering.Inputs {
    @Override
    public Expr at(int i, List<Poly> index) {
      return new Expr.Load(buffers.get(i), position(i, index));
    }

    @Override
    public Poly intAt(int i, List<Poly> index) {
      return Poly.of(new Element(buffers.get(i), position(i, index)));
    }

    private Poly position(int i, List<Poly> index) {
      Shape shape = node.input(i).shape();
      if (index.size() != shape.rank()) {
        throw new IllegalStateException(
            node + " reads " + shape + " with " + index.size() + " indices");
      }
      return shape.linear(index);
    }
  }

  private void scan(Node node, Scan scan, Map<Value, double[]> values) {
    int length = evaluator.size(scan.length());
    List<Value> inputs = scan.bodyInputs();
    Map<Value, double[]> leaves = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      leaves.put(inputs.get(i), values.get(node.input(i)));
    }
    for (int i = 0; i < node.types().size(); i++) {
      values.put(node.value(i), new double[count(node.value(i).shape())]);
    }
    for (int step = 0; step < length; step++) {
      int at = scan.reverse() ? length - 1 - step : step;
      evaluator.bind(scan.position(), at);
      for (int i = scan.states(); i < scan.states() + scan.sequences(); i++) {
        int size = count(inputs.get(i).shape());
        double[] all = values.get(node.input(i));
        leaves.put(inputs.get(i), Arrays.copyOfRange(all, at * size, (at + 1) * size));
      }
      Map<Value, double[]> results = run(scan.body(), leaves);
      for (int i = 0; i < scan.states(); i++) {
        leaves.put(inputs.get(i), results.get(scan.next().get(i)));
      }
      for (int i = 0; i < scan.stacked().size(); i++) {
        double[] slice = results.get(scan.stacked().get(i));
        double[] all = values.get(node.value(scan.states() + i));
        System.arraycopy(slice, 0, all, at * slice.length, slice.length);
      }
    }
    for (int i = 0; i < scan.states(); i++) {
      values.put(node.value(i), leaves.get(inputs.get(i)));
    }
  }
}
