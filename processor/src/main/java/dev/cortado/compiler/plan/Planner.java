package dev.cortado.compiler.plan;

import dev.cortado.compiled.Ports.IndexRange;
import dev.cortado.compiler.autodiff.Gradients;
import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.GraphCopy;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Requirement;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.op.Fill;
import dev.cortado.compiler.op.Input;
import dev.cortado.compiler.op.Parameter;
import dev.cortado.compiler.op.Ranged;
import dev.cortado.compiler.pass.Goal;
import dev.cortado.compiler.pass.Passes;
import dev.cortado.compiler.pass.Result;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a staged model to the plan of its programs. */
public final class Planner {
  private final ModelGraph model;
  private final ParameterLayout layout;
  private final Target target;

  private Planner(ModelGraph model, Target target) {
    this.model = model;
    this.target = target;
    this.layout = new ParameterLayout(model.parameters());
  }

  public static Plan plan(ModelGraph model, Target target) {
    return new Planner(model, target).plan();
  }

  private Plan plan() {
    Value loss = model.loss();
    Gradients gradients = loss == null ? null : Gradients.ofLoss(model.graph(), loss, wrt());
    List<Result> outputs = outputs(Map.of());
    return new Plan(
        model.signature(),
        layout,
        model.outputs().stream().map(Value::shape).toList(),
        ranges(),
        Requirement.of(model.graph()),
        gradients == null ? List.of() : unlearned(gradients),
        program("predict", new Goal(model.graph(), outputs), Passes.INFERENCE),
        loss == null
            ? null
            : program(
                "evaluate",
                new Goal(model.graph(), and(outputs, new Result(Result.Kind.LOSS, 0, loss))),
                Passes.INFERENCE),
        loss == null || gradients == null ? null : train(loss, gradients),
        backward(),
        Summary.of(model, layout));
  }

  private Program program(String name, Goal goal, List<dev.cortado.compiler.pass.Pass> passes) {
    Goal improved = goal;
    for (dev.cortado.compiler.pass.Pass pass : passes) {
      improved = pass.run(improved);
    }
    List<Step> steps = Lowerer.steps(improved, layout, target);
    String batch = target.rows() ? model.signature().batch() : null;
    Poly rows = batch == null ? null : Poly.symbol(batch);
    return new Program(name, steps, ArenaPlanner.plan(steps, rows));
  }

  private static List<Result> and(List<Result> results, Result more) {
    List<Result> all = new ArrayList<>(results);
    all.add(more);
    return all;
  }

  private List<Result> outputs(Map<Value, Value> counterparts) {
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < model.outputs().size(); i++) {
      Value value = model.outputs().get(i);
      results.add(new Result(Result.Kind.OUTPUT, i, counterparts.getOrDefault(value, value)));
    }
    return results;
  }

  private List<String> unlearned(Gradients gradients) {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < model.parameters().size(); i++) {
      if (gradients.gradients().get(i) == null
          && model.parameters().get(i).op() instanceof Parameter parameter) {
        paths.add(parameter.path());
      }
    }
    return paths;
  }

  private Program train(Value loss, Gradients gradients) {
    List<Result> results = outputs(gradients.counterparts());
    Value counterpart = gradients.counterparts().get(loss);
    if (counterpart == null) {
      throw new IllegalStateException("the loss is not of this graph");
    }
    results.add(new Result(Result.Kind.LOSS, 0, counterpart));
    return program("train", goal(gradients, results), Passes.TRAINING);
  }

  private Program backward() {
    Gradients gradients = Gradients.ofOutputs(model.graph(), model.outputs(), wrt());
    return program("backward", goal(gradients, outputs(gradients.counterparts())), Passes.TRAINING);
  }

  /** Parameters, then inputs that have gradients. */
  private List<Value> wrt() {
    List<Value> wrt = new ArrayList<>();
    model.parameters().forEach(p -> wrt.add(p.value()));
    inputs().forEach(n -> wrt.add(n.value()));
    return wrt;
  }

  private List<Node> inputs() {
    return model.graph().nodes().stream()
        .filter(
            n ->
                n.op() instanceof Input input
                    && input.role() == Input.Role.INPUT
                    && input.type().element() == ElementType.FLOAT)
        .toList();
  }

  /** With zeros for what no gradient reaches. */
  private Goal goal(Gradients gradients, List<Result> values) {
    GraphBuilder graph = new GraphBuilder();
    Map<Value, Value> moved = GraphCopy.copy(gradients.graph(), graph, Map.of(), n -> false);
    List<Result> results = new ArrayList<>();
    values.forEach(r -> results.add(r.with(at(moved, r.value()))));
    List<Value> wrt = wrt();
    List<Node> inputs = inputs();
    for (int i = 0; i < wrt.size(); i++) {
      @Nullable Value gradient = gradients.gradients().get(i);
      graph.at(wrt.get(i).node().origin());
      Value value =
          gradient == null ? graph.apply(new Fill(0, wrt.get(i).shape())) : at(moved, gradient);
      int parameters = layout.parameters().size();
      if (i < parameters) {
        results.add(new Result(Result.Kind.PARAMETER_GRADIENT, i, value));
      } else {
        int position = ((Input) inputs.get(i - parameters).op()).position();
        results.add(new Result(Result.Kind.INPUT_GRADIENT, position, value));
      }
    }
    return new Goal(graph.build(), results);
  }

  private static Value at(Map<Value, Value> moved, Value value) {
    Value there = moved.get(value);
    if (there == null) {
      throw new IllegalStateException("not of this graph: " + value.node());
    }
    return there;
  }

  /** What the model uses as indices, and how large they may be. */
  private List<IndexRange> ranges() {
    List<IndexRange> ranges = new ArrayList<>();
    Graph graph = model.graph();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Ranged ranged
          && ranged.bound(node).isConstant()
          && Buffers.source(ranged.indices(node)).node().op() instanceof Input input
          && input.role() != Input.Role.BODY) {
        int first = input.role() == Input.Role.TARGET ? model.signature().inputs().size() : 0;
        Integer except = ranged.except();
        IndexRange range =
            new IndexRange(
                first + input.position(),
                ranged.bound(node).intConstant(),
                except == null ? 0 : except);
        if (!ranges.contains(range)) {
          ranges.add(range);
        }
      }
    }
    return ranges;
  }
}
