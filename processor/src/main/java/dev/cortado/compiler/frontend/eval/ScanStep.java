package dev.cortado.compiler.frontend.eval;

import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.op.Argument;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;

/** The step given to {@code scan}: evaluated once, in a graph of its own. */
final class ScanStep implements Argument.Step {
  private final Interpreter in;
  private final Invocation call;
  private final Val function;

  /**
   * @param call {@code scan(step, state, xs, dim)}
   */
  ScanStep(Interpreter in, Invocation call, Val function) {
    this.in = in;
    this.call = call;
    this.function = function;
  }

  @Override
  public Argument.Staged stage(
      GraphBuilder body, List<Value> state, Value x, Argument.Capture capture) {
    Level outside = in.level;
    Level inside = outside.nested(body, capture, function);
    List<Val> parts = new ArrayList<>();
    for (Value part : state) {
      parts.add(new TensorVal(part, inside, History.of("state", part.shape())));
    }
    TensorVal slice = new TensorVal(x, inside, History.of(call.text(2) + " slice", x.shape()));
    in.level = inside;
    Val next =
        in.functions.apply(function, List.of(packed(parts), slice), call.site(), call.frame());
    List<Value> lifted = new ArrayList<>();
    for (Val part : unpacked(next)) {
      lifted.add(lift(part, inside));
    }
    in.level = outside;
    return new Argument.Staged(lifted);
  }

  /** The state as the step takes it: of the same class as the one given to scan. */
  private Val packed(List<Val> parts) {
    return call.argument(1) instanceof Instance initial
        ? ObjectMethods.record(initial.type(), parts)
        : parts.getFirst();
  }

  private List<Val> unpacked(Val state) {
    return state instanceof Instance object ? ObjectMethods.values(object) : List.of(state);
  }

  private Value lift(Val part, Level inside) {
    Value value = part instanceof TensorVal tensor ? inside.lift(tensor) : null;
    if (value == null) {
      TypeElement type = call.argument(1) instanceof Instance i ? i.type() : null;
      throw Failures.at(
          call.site(),
          call.frame(),
          "scan-state",
          "the step of "
              + call.name()
              + " must return the next state, a Tensor"
              + (type == null ? "" : " in each component of " + type.getSimpleName())
              + " made in this step or outside of the scan");
    }
    return value;
  }
}
