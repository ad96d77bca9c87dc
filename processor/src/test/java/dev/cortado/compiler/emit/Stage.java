package dev.cortado.compiler.emit;

import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Origin;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.interpret.Program;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.op.Argument;
import dev.cortado.compiler.op.Call;
import dev.cortado.compiler.op.Input;
import dev.cortado.compiler.op.Parameter;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stages a model by hand, as the frontend does from source. */
final class Stage {
  private final GraphBuilder graph = new GraphBuilder();
  private final List<Signature.Port> inputs = new ArrayList<>();
  private final List<Signature.Port> targets = new ArrayList<>();
  private final List<Node> parameters = new ArrayList<>();
  private final List<ModelGraph.LayerCall> layers = new ArrayList<>();
  private final String model;
  private int line = 1;

  Stage(String model) {
    this.model = model;
  }

  /** Nodes made from now on come from this line of source. */
  void line(String name, String source) {
    line++;
    graph.at(new Origin(name, "", List.of(new Origin.Frame(model + ".java", line, 5, source, 0))));
  }

  Value input(String name, ElementType element, Object... dims) {
    return port(Input.Role.INPUT, inputs, name, element, dims);
  }

  Value target(String name, ElementType element, Object... dims) {
    return port(Input.Role.TARGET, targets, name, element, dims);
  }

  private Value port(
      Input.Role role,
      List<Signature.Port> ports,
      String name,
      ElementType element,
      Object... dims) {
    Shape shape = Program.shape(dims);
    Input input = new Input(role, ports.size(), name, new Type(element, shape));
    ports.add(new Signature.Port(name, element, shape));
    return graph.apply(input);
  }

  Value parameter(String path, double bound, int... dims) {
    Shape shape = new Shape(Arrays.stream(dims).mapToObj(Poly::of).toList());
    Value value =
        graph.apply(new Parameter(path, shape, new Parameter.Initializer.Uniform(-bound, bound)));
    parameters.add(value.node());
    return value;
  }

  Value call(String method, Object... arguments) {
    List<Argument> staged = Arrays.stream(arguments).map(Stage::argument).toList();
    List<String> texts = staged.stream().map(Object::toString).toList();
    Argument result =
        Objects.requireNonNull(Program.allBindings().get(method))
            .rule()
            .stage(new Call(graph, method, staged, texts));
    return ((Argument.Tensor) result).value();
  }

  private static Argument argument(Object o) {
    return switch (o) {
      case Argument a -> a;
      case Value v -> new Argument.Tensor(v);
      case Integer i -> new Argument.Int(Poly.of(i));
      case Poly p -> new Argument.Int(p);
      case Double d -> new Argument.Number(d);
      case int[] ints -> new Argument.Many(Arrays.stream(ints).mapToObj(Stage::argument).toList());
      case Value[] all -> new Argument.Many(Arrays.stream(all).map(Stage::argument).toList());
      default -> throw new IllegalArgumentException("not an argument: " + o);
    };
  }

  /** {@code x weight' + bias}, as a layer. */
  Value dense(String path, Value x, int out) {
    int in = x.shape().dim(-1).intConstant();
    double bound = 1 / Math.sqrt(in);
    Value weight = parameter(path + ".weight", bound, out, in);
    Value bias = parameter(path + ".bias", bound, out);
    int before = graph.nodes().size();
    Value y = call("add", call("matmul", x, call("transpose", weight, 0, 1)), bias);
    List<Integer> nodes = new ArrayList<>();
    for (Node node : graph.nodes().subList(before, graph.nodes().size())) {
      nodes.add(node.id());
    }
    layers.add(
        new ModelGraph.LayerCall(
            path, "Dense", y.shape(), List.of(path + ".weight", path + ".bias"), nodes));
    return y;
  }

  Value conv(String path, Value x, int out, int kernel) {
    int in = x.shape().dim(1).intConstant();
    double bound = 1 / Math.sqrt(in * kernel * kernel);
    Value weight = parameter(path + ".weight", bound, out, in, kernel, kernel);
    Value bias = parameter(path + ".bias", bound, out);
    Value y = call("conv2d", x, weight, bias);
    layers.add(
        new ModelGraph.LayerCall(
            path, "Conv2d", y.shape(), List.of(path + ".weight", path + ".bias"), List.of()));
    return y;
  }

  ModelGraph model(
      @Nullable Value loss, List<String> symbols, List<String> names, Value... outputs) {
    Signature signature =
        new Signature(
            "models",
            model,
            model,
            true,
            true,
            "N",
            symbols,
            inputs,
            targets,
            names,
            names.size() > 1 ? "Answer" : null,
            loss != null);
    return new ModelGraph(signature, graph.build(), List.of(outputs), loss, parameters, layers);
  }

  ModelGraph model(@Nullable Value loss, Value output) {
    return model(loss, List.of(), List.of("logits"), output);
  }
}
