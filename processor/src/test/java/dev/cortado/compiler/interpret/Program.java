package dev.cortado.compiler.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.compiler.autodiff.Gradients;
import dev.cortado.compiler.emit.GeneratedCheck;
import dev.cortado.compiler.graph.Backward;
import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.op.Argument;
import dev.cortado.compiler.op.Call;
import dev.cortado.compiler.op.Input;
import dev.cortado.compiler.op.Operation;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.IntStream;

/** A small program staged by calling operations as the frontend does, with data to run it on. */
public final class Program {
  private static final Map<String, Operation.Binding> BINDINGS = bindings();

  private static final int SAMPLES = 30;

  private final GraphBuilder graph = new GraphBuilder();
  private final Map<Value, double[]> data = new LinkedHashMap<>();
  private final Map<String, Long> symbols = new HashMap<>();
  private final Random random = new Random(7);

  private static Map<String, Operation.Binding> bindings() {
    Map<String, Operation.Binding> found = new HashMap<>();
    for (Operation operation : ServiceLoader.load(Operation.class)) {
      for (Operation.Binding binding : operation.bindings()) {
        assertThat(found.put(binding.method(), binding)).as(binding.method()).isNull();
      }
    }
    return found;
  }

  /** The bindings of all operations by method name. */
  public static Map<String, Operation.Binding> allBindings() {
    return BINDINGS;
  }

  public GraphBuilder graph() {
    return graph;
  }

  /** The value of a symbol when the program runs. */
  public Program with(String symbol, long value) {
    symbols.put(symbol, value);
    return this;
  }

  /** A shape of numbers and names of symbols. */
  public static Shape shape(Object... dims) {
    return new Shape(Arrays.stream(dims).map(Program::poly).toList());
  }

  private static Poly poly(Object dim) {
    return switch (dim) {
      case String symbol -> Poly.symbol(symbol);
      case Integer size -> Poly.of(size);
      case Poly poly -> poly;
      default -> throw new IllegalArgumentException("not a size: " + dim);
    };
  }

  /** An input with normally distributed elements. */
  public Value input(Object... dims) {
    Value input = leaf(ElementType.FLOAT, dims);
    data.put(input, random.doubles(count(input)).map(u -> random.nextGaussian()).toArray());
    return input;
  }

  /** An input with elements between {@code low} and {@code high}. */
  public Value between(double low, double high, Object... dims) {
    Value input = leaf(ElementType.FLOAT, dims);
    data.put(input, random.doubles(count(input), low, high).toArray());
    return input;
  }

  /** An input with given elements. */
  public Value given(double[] elements, Object... dims) {
    Value input = leaf(ElementType.FLOAT, dims);
    data.put(input, elements);
    return input;
  }

  /** Class labels below {@code classes}. */
  public Value labels(int classes, Object... dims) {
    return integers(ElementType.LABEL, classes, dims);
  }

  /** Integers below {@code bound}. */
  public Value integers(int bound, Object... dims) {
    return integers(ElementType.INT, bound, dims);
  }

  /** Given class labels. */
  public Value givenLabels(double[] elements, Object... dims) {
    Value input = leaf(ElementType.LABEL, dims);
    data.put(input, elements);
    return input;
  }

  private Value integers(ElementType element, int bound, Object... dims) {
    Value input = leaf(element, dims);
    data.put(input, random.ints(count(input), 0, bound).asDoubleStream().toArray());
    return input;
  }

  private Value leaf(ElementType element, Object... dims) {
    Type type = new Type(element, shape(dims));
    return graph.apply(new Input(Input.Role.INPUT, data.size(), "x" + data.size(), type));
  }

  private int count(Value value) {
    return new Interpreter(symbols).count(value.shape());
  }

  /** What {@code Ops.<method>} returns; varargs are given as an array or list. */
  public Argument stage(String method, Object... arguments) {
    return stage(graph, method, arguments);
  }

  private static Argument stage(GraphBuilder graph, String method, Object... arguments) {
    Operation.Binding binding = BINDINGS.get(method);
    assertThat(binding).as("binding of " + method).isNotNull();
    List<Argument> staged = Arrays.stream(arguments).map(Program::argument).toList();
    List<String> texts = new ArrayList<>();
    staged.forEach(a -> texts.add("argument" + texts.size()));
    return binding.rule().stage(new Call(graph, method, staged, texts));
  }

  /** The tensor that {@code Ops.<method>} returns. */
  public Value call(String method, Object... arguments) {
    return call(graph, method, arguments);
  }

  /**
   * The tensor that {@code Ops.<method>} returns, staged into a graph such as the step of a scan.
   */
  public static Value call(GraphBuilder graph, String method, Object... arguments) {
    return ((Argument.Tensor) stage(graph, method, arguments)).value();
  }

  /** The tensors that {@code Ops.<method>} returns as a list or record. */
  public List<Value> calls(String method, Object... arguments) {
    return ((Argument.Many) stage(method, arguments))
        .elements().stream().map(a -> ((Argument.Tensor) a).value()).toList();
  }

  private static Argument argument(Object o) {
    return switch (o) {
      case null -> new Argument.Nothing();
      case Argument a -> a;
      case Value v -> new Argument.Tensor(v);
      case Integer i -> new Argument.Int(Poly.of(i));
      case Poly p -> new Argument.Int(p);
      case Double d -> new Argument.Number(d);
      case int[] ints ->
          new Argument.Many(Arrays.stream(ints).mapToObj(Program::argument).toList());
      case Object[] all -> new Argument.Many(Arrays.stream(all).map(Program::argument).toList());
      case List<?> all -> new Argument.Many(all.stream().map(Program::argument).toList());
      default -> throw new IllegalArgumentException("not an argument: " + o);
    };
  }

  /** The elements of {@code result}. */
  public double[] run(Value result) {
    return new Interpreter(symbols).run(needed(graph.build(), List.of(result)), data).get(result);
  }

  /** The elements given for an input. */
  public double[] data(Value input) {
    return data.get(input);
  }

  /** The gradient of the sum of the elements of {@code result}. */
  public double[] gradients(Value result, Value wrt) {
    double[] ones = new double[count(result)];
    Arrays.fill(ones, 1);
    Graph forward = needed(graph.build(), List.of(result));
    return analytic(forward, List.of(result), List.of(ones), List.of(wrt)).getFirst();
  }

  /** Compares the gradients by all float inputs with central differences. */
  public Program checkGradients(Value... results) {
    List<Value> wrt =
        data.keySet().stream().filter(v -> v.type().element() == ElementType.FLOAT).toList();
    return checkGradients(List.of(results), wrt);
  }

  /** Compares gradients of a weighted sum of the results with central differences. */
  public Program checkGradients(List<Value> results, List<Value> wrt) {
    if (Boolean.getBoolean("cortado.generated") && !symbols.containsValue(0L)) {
      GeneratedCheck.check(graph.build(), results, data, symbols);
    }
    Graph forward = needed(graph.build(), results);
    List<double[]> weights = new ArrayList<>();
    for (Value result : results) {
      weights.add(random.doubles(count(result), -1, 1).toArray());
    }
    List<double[]> analytic = analytic(forward, results, weights, wrt);
    for (int i = 0; i < wrt.size(); i++) {
      double[] x = data.get(wrt.get(i));
      double[] gradient = analytic.get(i);
      assertThat(gradient).as("gradient of " + wrt.get(i)).hasSize(x.length);
      for (int j : sample(x.length)) {
        double expected = difference(forward, results, weights, x, j);
        assertThat(gradient[j])
            .as("gradient by element " + j + " of input " + i)
            .isCloseTo(
                expected, org.assertj.core.data.Offset.offset(1e-6 * (1 + Math.abs(expected))));
      }
    }
    return this;
  }

  /** All of a few elements, some of many. */
  private int[] sample(int count) {
    return count <= SAMPLES
        ? IntStream.range(0, count).toArray()
        : random.ints(SAMPLES, 0, count).toArray();
  }

  private Graph needed(Graph all, List<Value> results) {
    List<Value> kept = new ArrayList<>(results);
    kept.addAll(data.keySet());
    Set<Node> needed = Backward.needed(all.nodes(), kept);
    return new Graph(all.nodes().stream().filter(needed::contains).toList());
  }

  /** The gradients by the rules; zeros where none flows. */
  private List<double[]> analytic(
      Graph forward, List<Value> results, List<double[]> weights, List<Value> wrt) {
    Gradients gradients = Gradients.ofOutputs(forward, results, wrt);
    Map<Value, double[]> leaves = new HashMap<>();
    data.forEach((v, elements) -> leaves.put(gradients.counterparts().get(v), elements));
    for (int i = 0; i < results.size(); i++) {
      leaves.put(gradients.outputGradients().get(i), weights.get(i));
    }
    Map<Value, double[]> values = new Interpreter(symbols).run(gradients.graph(), leaves);
    List<double[]> found = new ArrayList<>();
    for (int i = 0; i < wrt.size(); i++) {
      Value gradient = gradients.gradients().get(i);
      if (gradient != null) {
        assertThat(gradient.shape()).isEqualTo(wrt.get(i).shape());
      }
      found.add(gradient == null ? new double[count(wrt.get(i))] : values.get(gradient));
    }
    return found;
  }

  private double difference(
      Graph forward, List<Value> results, List<double[]> weights, double[] x, int j) {
    double h = 1e-5;
    double before = x[j];
    x[j] = before + h;
    double above = weighted(forward, results, weights);
    x[j] = before - h;
    double below = weighted(forward, results, weights);
    x[j] = before;
    return (above - below) / (2 * h);
  }

  private double weighted(Graph forward, List<Value> results, List<double[]> weights) {
    Map<Value, double[]> values = new Interpreter(symbols).run(forward, data);
    double sum = 0;
    for (int i = 0; i < results.size(); i++) {
      double[] result = values.get(results.get(i));
      for (int j = 0; j < result.length; j++) {
        sum += weights.get(i)[j] * result[j];
      }
    }
    return sum;
  }
}
