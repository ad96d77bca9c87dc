package dev.cortado.compiler.frontend.eval;

import com.sun.source.util.TreePath;
import dev.cortado.compiler.frontend.Analysis;
import dev.cortado.compiler.frontend.StagingError;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.op.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * Stages a model: creates the object as Java would, runs {@code forward} on symbolic inputs, then
 * {@code loss} on its outputs, and returns the graph that came about.
 */
public final class Stager {
  private final Interpreter in;
  private final TypeElement type;
  private final TreePath declaration;
  private final Frame outside = Frame.outside();

  private Stager(Interpreter in, TypeElement type, TreePath declaration) {
    this.in = in;
    this.type = type;
    this.declaration = declaration;
  }

  /**
   * Stages one model.
   *
   * @param signature what the declarations of {@code model} say; its ports are those of {@code
   *     forward} and {@code loss}
   * @param model the class as the private task sees it
   * @throws StagingError when the model is wrong, or wrong Java, or when this package fails
   */
  public static ModelGraph stage(Analysis analysis, Signature signature, TypeElement model) {
    Interpreter in = new Interpreter(analysis, signature, OperationTable.load());
    TreePath declaration = in.declarations.of(model);
    if (declaration == null) {
      throw new IllegalStateException("there is no source of " + model);
    }
    try {
      return new Stager(in, model, declaration).run();
    } catch (StagingError e) {
      throw e;
    } catch (StackOverflowError e) {
      throw new StagingError(
          "recursion",
          "evaluating this needs too many nested calls at compile time; use a loop over"
              + " compile-time values",
          in.here());
    } catch (RuntimeException e) {
      throw StagingError.internal(e, in.here());
    }
  }

  private ModelGraph run() {
    Signature signature = in.signature;
    Instance model = create();
    in.names.model(model);
    List<Val> inputs = inputs(Input.Role.INPUT, signature.inputs());
    Invocation forward = call("forward", model, inputs);
    Frame frame = in.calls.enter(forward, forward.receiver());
    Val result = in.calls.run(forward, frame);
    in.layers.endOfForward();
    List<Value> outputs = outputs(result, frame);
    Value loss = signature.hasLoss() ? loss(model, result) : null;
    return new Finish(in, model).graph(outputs, loss);
  }

  private Instance create() {
    Instance model = new Instance(type, null, Map.of(), null);
    for (ExecutableElement c : ElementFilter.constructorsIn(type.getEnclosedElements())) {
      if (c.getParameters().isEmpty()) {
        in.objects.construct(
            model,
            type,
            new Invocation(c, null, List.of(), List.of(), false, null, declaration, outside));
        return model;
      }
    }
    throw new IllegalStateException(type + " has no constructor without parameters");
  }

  private List<Val> inputs(Input.Role role, List<Signature.Port> ports) {
    List<Val> values = new ArrayList<>();
    for (Signature.Port port : ports) {
      Value value =
          in.root
              .graph()
              .apply(
                  new Input(
                      role, values.size(), port.name(), new Type(port.element(), port.shape())));
      values.add(new TensorVal(value, in.root, History.of(port.name(), port.shape())));
    }
    return values;
  }

  private Invocation call(String name, Instance model, List<Val> arguments) {
    for (ExecutableElement m :
        ElementFilter.methodsIn(in.analysis.elements().getAllMembers(type))) {
      if (m.getSimpleName().contentEquals(name) && m.getParameters().size() == arguments.size()) {
        return new Invocation(
            m,
            m.getModifiers().contains(Modifier.STATIC) ? null : model,
            arguments,
            m.getParameters().stream().map(p -> p.getSimpleName().toString()).toList(),
            true,
            m.getReturnType(),
            declaration,
            outside);
      }
    }
    throw new IllegalStateException(type + " has no method " + name);
  }

  private List<Value> outputs(Val result, Frame frame) {
    if (!(result instanceof Instance object)) {
      return List.of(output(result, "'forward'", frame));
    }
    List<Value> values = new ArrayList<>();
    for (VariableElement component : ObjectMethods.components(object)) {
      Val value = in.variables.field(object, component, returned(frame), frame);
      values.add(output(value, "component '" + component.getSimpleName() + "'", frame));
    }
    return values;
  }

  private Value output(Val value, String what, Frame frame) {
    if (value instanceof Val.Null) {
      throw Failures.at(
          returned(frame),
          frame,
          "output",
          what + " returns null; expected a tensor that every prediction computes");
    }
    Value lifted = value instanceof TensorVal tensor ? in.root.lift(tensor) : null;
    if (lifted == null) {
      throw new IllegalStateException(what + " returns " + value);
    }
    return lifted;
  }

  private TreePath returned(Frame frame) {
    return frame.returned == null ? declaration : frame.returned;
  }

  private @Nullable Value loss(Instance model, Val result) {
    List<Val> arguments = new ArrayList<>();
    arguments.add(result);
    arguments.addAll(inputs(Input.Role.TARGET, in.signature.targets()));
    Invocation call = call("loss", model, arguments);
    Frame frame = in.calls.enter(call, call.receiver());
    Val loss = in.calls.run(call, frame);
    Value value = output(loss, "'loss'", frame);
    if (value.shape().rank() != 0) {
      throw Failures.at(
          returned(frame),
          frame,
          "loss-not-scalar",
          Operations.withChain(
              "'loss' returns "
                  + value.shape()
                  + ", but training needs one number; write mean(...) or sum(...) around it",
              List.of(loss)));
    }
    return value;
  }
}
