package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Lowering.Contraction;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.op.Input;
import dev.cortado.compiler.op.Parameter;
import dev.cortado.compiler.op.Scan;
import dev.cortado.compiler.pass.Goal;
import dev.cortado.compiler.pass.Result;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.kernel.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the nodes of a graph into steps, in the graph's order. */
final class Lowerer {
  private final Buffers buffers = new Buffers();
  private final Indices indices = new Indices();
  private final KernelBuilder kernels = new KernelBuilder(new Composer(buffers, indices), indices);
  private final ParameterLayout layout;
  private final Target target;
  private final Map<Conversion, Buffer> conversions = new HashMap<>();
  private final Map<Value, Buffer> homes = new HashMap<>();

  /** Where the winners of pooling lie, by the node that pools. */
  private final Map<Node, Buffer> winners = new HashMap<>();

  private final Set<Node> main = new HashSet<>();

  /** A buffer's contents in another layout, for all steps or for gradients of inputs only. */
  private record Conversion(Buffer of, Layout to, boolean forInputGradients) {}

  private Lowerer(ParameterLayout layout, Target target) {
    this.layout = layout;
    this.target = target;
  }

  static List<Step> steps(Goal goal, ParameterLayout layout, Target target) {
    return new Lowerer(layout, target).program(goal.graph(), goal.results());
  }

  private List<Step> program(Graph graph, List<Result> results) {
    for (Result result : results) {
      if (result.kind() != Result.Kind.INPUT_GRADIENT) {
        reach(result.value().node());
      }
    }
    List<Result> copied = new ArrayList<>();
    for (Result result : results) {
      Value source = Buffers.source(result.value());
      if (isGiven(source) || homes.containsKey(source)) {
        copied.add(result);
      } else {
        homes.put(source, target(result));
      }
    }
    List<Step> steps = new ArrayList<>();
    Layouts layouts = target.layouts() ? Layouts.of(graph) : Layouts.rowMajor();
    lower(graph, results.stream().map(Result::value).toList(), layouts, steps);
    for (Result result : copied) {
      steps.add(
          copy(
              result.value().node(),
              buffers.of(result.value()),
              target(result),
              result.kind() == Result.Kind.INPUT_GRADIENT));
    }
    return steps;
  }

  private void reach(Node node) {
    if (main.add(node)) {
      node.inputs().forEach(v -> reach(v.node()));
    }
  }

  private static boolean isGiven(Value value) {
    return value.node().op() instanceof Input || value.node().op() instanceof Parameter;
  }

  private Buffer target(Result result) {
    Value value = result.value();
    Home home =
        switch (result.kind()) {
          case OUTPUT -> new Home.Output(result.position());
          case LOSS -> new Home.Loss();
          case PARAMETER_GRADIENT -> new Home.Gradients(layout.offset(result.position()));
          case INPUT_GRADIENT -> new Home.InputGradient(result.position());
        };
    String name =
        switch (result.kind()) {
          case OUTPUT, LOSS -> name(value.node());
          case PARAMETER_GRADIENT ->
              layout.parameters().get(result.position()).path() + ".gradient";
          case INPUT_GRADIENT -> "inputGradient";
        };
    return new Buffer(name, value.type(), home);
  }

  /**
   * The user's name for what the node belongs to, with that of the operation where it says more.
   */
  private static String name(Node node) {
    String name = node.origin().name();
    String operation = node.op().name();
    boolean saysBoth =
        operation.startsWith(name)
            && (operation.length() == name.length()
                || Character.isUpperCase(operation.charAt(name.length())));
    if (name.isEmpty() || saysBoth) {
      return operation;
    }
    return name + "." + operation;
  }

  private void lower(Graph graph, List<Value> wanted, Layouts layouts, List<Step> steps) {
    for (Node node : graph.nodes()) {
      leaf(node);
    }
    Epilogues epilogues =
        target.epilogues()
            ? Epilogues.of(graph, wanted, layouts, target.calls(), homes::containsKey)
            : Epilogues.none();
    Set<Value> kept = Fusion.kept(graph, wanted, epilogues, target.calls(), indices, buffers::of);
    for (Node node : graph.nodes()) {
      Epilogues.Fused fused = epilogues.at(node);
      Epilogues.Spread spread = epilogues.spreadAt(node);
      if (fused != null) {
        library(node, fused, layouts, steps);
      } else if (spread != null) {
        spread(node, spread, layouts, steps);
      } else if (!epilogues.isAbsorbed(node)) {
        step(node, kept, layouts, steps);
      }
    }
  }

  private void leaf(Node node) {
    Object op = node.op();
    if (buffers.find(node.value()) != null) {
      return;
    }
    if (op instanceof Input input) {
      Home home = new Home.Given(input.role(), input.position());
      buffers.put(node.value(), new Buffer(input.label(), input.type(), home));
    } else if (op instanceof Parameter parameter) {
      Home home = new Home.Weights(layout.offset(parameter));
      buffers.put(node.value(), new Buffer(parameter.path(), node.value().type(), home));
    }
  }

  private void step(Node node, Set<Value> kept, Layouts layouts, List<Step> steps) {
    if (node.op() instanceof Scan scan) {
      loop(node, scan, steps);
      return;
    }
    switch (node.op().lower(node)) {
      case Lowering.Leaf l -> {}
      case Lowering.Alias a -> {
        Buffer source = buffers.find(node.input(0));
        if (source != null && source.layout() != Layout.CHANNELS_FIRST) {
          buffers.put(node.value(), in(Layout.CHANNELS_FIRST, node.input(0), node, steps));
        }
      }
      case Lowering.Pointwise p when target.calls() && p.call() != null ->
          call(node, p.call(), layouts, steps);
      case Lowering.Pointwise p -> {
        if (kept.contains(node.value())) {
          Buffer target = result(node.value(), layouts.of(node.value()));
          LoopNest nest = kernels.pointwise(node, p, target);
          Optional<List<Stmt>> columns = ColumnSum.of(nest);
          kernel(
              node,
              columns.orElseGet(nest::statements),
              columns.isPresent() ? List.of() : KernelBuilder.replaceable(nest),
              steps);
        }
      }
      case Lowering.Loops l -> {
        if (target.calls() && l.call() != null) {
          call(node, l.call(), layouts, steps);
          return;
        }
        List<Operand> inputs = new ArrayList<>();
        node.inputs().forEach(v -> inputs.add(in(Layout.CHANNELS_FIRST, v, node, steps)));
        List<Operand> outputs = new ArrayList<>();
        for (int i = 0; i < node.types().size(); i++) {
          outputs.add(result(node.value(i), Layout.CHANNELS_FIRST));
        }
        kernel(node, l.rule().body(inputs, outputs), List.of(), steps);
      }
      case Lowering.Library l -> contraction(node, node, l.call(), null, layouts, steps);
    }
  }

  /** A contraction with what it does to its result. */
  private void library(Node node, Epilogues.Fused fused, Layouts layouts, List<Step> steps) {
    Node contraction = fused.contraction();
    if (contraction.op().lower(contraction) instanceof Lowering.Library l) {
      contraction(node, contraction, l.call(), fused, layouts, steps);
    }
  }

  /**
   * @param node whose value is stored
   */
  private void contraction(
      Node node,
      Node contraction,
      Contraction call,
      Epilogues.@Nullable Fused fused,
      Layouts layouts,
      List<Step> steps) {
    List<Buffer> inputs = new ArrayList<>();
    for (int i = 0; i < contraction.inputs().size(); i++) {
      Value input = contraction.input(i);
      inputs.add(in(wantedLayout(call, i, input, layouts), input, node, steps));
    }
    Layout out =
        call instanceof Contraction.MatMul ? Layout.CHANNELS_FIRST : layouts.of(node.value());
    Step.Epilogue epilogue =
        fused == null
            ? Step.Epilogue.NONE
            : new Step.Epilogue(
                buffers.of(fused.bias()), fused.activation(), fused.pooling() != null);
    Buffer second = null;
    if (fused != null && fused.pooling() != null && fused.pooling().winners()) {
      second = new Buffer(name(node) + ".winners", node.value().type(), new Home.Workspace(), out);
      winners.put(node, second);
    }
    steps.add(
        new Step.Library(
            name(contraction),
            title(node),
            call,
            inputs,
            result(node.value(), out),
            second,
            epilogue,
            node.origin(),
            !main.contains(node)));
  }

  /** Convolutions read images as they lie, but for gradients of outputs with many channels. */
  private Layout wantedLayout(Contraction call, int operand, Value input, Layouts layouts) {
    if (!(call instanceof Contraction.Conv2d c)) {
      return Layout.CHANNELS_FIRST;
    }
    boolean images = c.direction() == Contraction.Direction.WEIGHT_GRADIENT || operand == 0;
    if (!images) {
      return Layout.CHANNELS_FIRST;
    }
    Layout chosen = layouts.of(input);
    return chosen == Layout.CHANNELS_LAST ? chosen : buffers.of(input).layout();
  }

  /** A call for which all operands lie the same way. */
  private void call(Node node, Lowering.Call call, Layouts layouts, List<Step> steps) {
    Buffer output = result(node.value(), layouts.of(node.value()));
    List<Buffer> inputs = new ArrayList<>();
    node.inputs().forEach(v -> inputs.add(in(output.layout(), v, node, steps)));
    steps.add(
        new Step.Library(
            name(node),
            title(node),
            call,
            inputs,
            output,
            null,
            Step.Epilogue.NONE,
            node.origin(),
            !main.contains(node)));
  }

  /** The gradient of pooling, from the winners. */
  private void spread(Node node, Epilogues.Spread spread, Layouts layouts, List<Step> steps) {
    Buffer output = result(node.value(), layouts.of(node.value()));
    Buffer won = Objects.requireNonNull(winners.get(spread.pool()), "pooled before its gradient");
    steps.add(
        new Step.Library(
            name(node),
            title(node),
            new Lowering.Spread(spread.windows()),
            List.of(won, in(won.layout(), spread.gradient(), node, steps)),
            output,
            null,
            Step.Epilogue.NONE,
            node.origin(),
            !main.contains(node)));
  }

  /** The buffer of a value in a layout, converted if it lies in another one. */
  private Buffer in(Layout layout, Value value, Node reader, List<Step> steps) {
    Buffer buffer = buffers.of(value);
    if (buffer.layout() == layout) {
      return buffer;
    }
    boolean extra = !main.contains(reader);
    Conversion key = new Conversion(buffer, layout, extra);
    Buffer known = conversions.get(key);
    if (known == null) {
      known = new Buffer(buffer.name(), value.type(), new Home.Workspace(), layout);
      conversions.put(key, known);
      String way = layout == Layout.CHANNELS_LAST ? "channels last" : "channels first";
      steps.add(
          new Step.Kernel(
              buffer.name() + ".layout",
              way + " " + value.shape(),
              kernels.convert(buffer, known),
              List.of(),
              reader.origin(),
              extra));
    }
    return known;
  }

  /** The buffer that a value is about to be computed into. */
  private Buffer result(Value value, Layout chosen) {
    Buffer home = homes.get(value);
    Buffer buffer =
        home != null
            ? home
            : new Buffer(name(value.node()), value.type(), new Home.Workspace(), chosen);
    buffers.put(value, buffer);
    return buffer;
  }

  private void kernel(Node node, List<Stmt> body, List<Buffer> inPlace, List<Step> steps) {
    steps.add(
        new Step.Kernel(
            name(node), title(node), body, inPlace, node.origin(), !main.contains(node)));
  }

  private static String title(Node node) {
    return node.op().name() + " " + node.value().shape();
  }

  private Step copy(Node node, Buffer from, Buffer to, boolean forInputGradients) {
    return new Step.Kernel(
        "copy",
        to.name() + " " + to.type().shape(),
        KernelBuilder.copy(from, to),
        List.of(from),
        node.origin(),
        forInputGradients);
  }

  private void loop(Node node, Scan scan, List<Step> steps) {
    boolean extra = !main.contains(node);
    LoopVar t = scan.position();
    indices.declare(t, scan.length());
    Poly position = Poly.of(t);
    List<Buffer> states = new ArrayList<>();
    for (int i = 0; i < scan.states(); i++) {
      Buffer state = result(node.value(i), Layout.CHANNELS_FIRST);
      states.add(state);
      steps.add(copy(node, in(Layout.CHANNELS_FIRST, node.input(i), node, steps), state, extra));
    }
    List<Buffer> slices = new ArrayList<>();
    for (int i = 0; i < scan.stacked().size(); i++) {
      Buffer all = result(node.value(scan.states() + i), Layout.CHANNELS_FIRST);
      slices.add(slice(all, scan.stacked().get(i), position));
    }
    bind(node, scan, states, position, steps);
    List<Step> body = new ArrayList<>();
    body(node, scan, states, slices, body);
    if (extra) {
      body.replaceAll(Lowerer::always);
    }
    steps.add(
        new Step.Loop(
            name(node),
            t,
            scan.length(),
            scan.reverse(),
            body,
            locals(body, states),
            node.origin(),
            extra));
  }

  /** Inside a loop that is skipped as a whole, nothing needs a test of its own. */
  private static Step always(Step step) {
    return switch (step) {
      case Step.Kernel k ->
          new Step.Kernel(k.name(), k.title(), k.body(), k.inPlace(), k.origin(), false);
      case Step.Library l ->
          new Step.Library(
              l.name(),
              l.title(),
              l.call(),
              l.inputs(),
              l.output(),
              l.second(),
              l.epilogue(),
              l.origin(),
              false);
      case Step.Loop l ->
          new Step.Loop(
              l.name(), l.var(), l.length(), l.reverse(), l.body(), l.locals(), l.origin(), false);
    };
  }

  private static Buffer slice(Buffer all, Value each, Poly position) {
    return new Buffer(
        all.name(), each.type(), new Home.View(all, position.times(each.shape().count())));
  }

  /**
   * Says where the leaves of a scan's body lie: states, slices of the sequences, captured values.
   */
  private void bind(Node node, Scan scan, List<Buffer> states, Poly position, List<Step> steps) {
    for (Node leaf : scan.body().nodes()) {
      if (leaf.op() instanceof Input input && input.role() == Input.Role.BODY) {
        int i = input.position();
        if (i < scan.states()) {
          buffers.put(leaf.value(), states.get(i));
        } else if (i < scan.states() + scan.sequences()) {
          Buffer sequence = in(Layout.CHANNELS_FIRST, node.input(i), node, steps);
          buffers.put(leaf.value(), slice(sequence, leaf.value(), position));
        } else {
          buffers.put(leaf.value(), in(Layout.CHANNELS_FIRST, node.input(i), node, steps));
        }
      }
    }
  }

  private void body(
      Node node, Scan scan, List<Buffer> states, List<Buffer> slices, List<Step> body) {
    scan.body().nodes().forEach(main::add);
    List<Integer> stackedByCopy = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      Value source = Buffers.source(scan.stacked().get(i));
      if (isGiven(source) || homes.containsKey(source)) {
        stackedByCopy.add(i);
      } else {
        homes.put(source, slices.get(i));
      }
    }
    List<Value> wanted = new ArrayList<>(scan.next());
    wanted.addAll(scan.stacked());
    lower(scan.body(), wanted, Layouts.rowMajor(), body);
    for (int i : stackedByCopy) {
      body.add(copy(node, buffers.of(scan.stacked().get(i)), slices.get(i), false));
    }
    carry(node, scan, states, body);
  }

  /**
   * Copies the next states over the states, by way of temporaries where one still holds another's.
   */
  private void carry(Node node, Scan scan, List<Buffer> states, List<Step> body) {
    List<Step> last = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      Buffer from = buffers.of(scan.next().get(i));
      Buffer to = states.get(i);
      if (from == to) {
        continue;
      }
      if (states.contains(from)) {
        Buffer kept = new Buffer(from.name(), from.type(), new Home.Workspace());
        body.add(copy(node, from, kept, false));
        from = kept;
      }
      last.add(copy(node, from, to, false));
    }
    body.addAll(last);
  }

  /** Buffers of the workspace that the body itself makes. */
  private static Set<Buffer> locals(List<Step> body, List<Buffer> states) {
    Set<Buffer> locals = new HashSet<>();
    for (Step step : body) {
      if (step instanceof Step.Loop loop) {
        locals.addAll(loop.locals());
      }
      for (Buffer b : Usage.of(step).written()) {
        if (b.inWorkspace() && !states.contains(b)) {
          locals.add(b);
        }
      }
    }
    return locals;
  }
}
