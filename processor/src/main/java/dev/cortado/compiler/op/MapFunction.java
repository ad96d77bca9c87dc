package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Derivative;
import dev.cortado.compiler.graph.Value;
import java.util.List;

/** {@code map(f, x…)}: the user's own scalar function, an element-wise operation like any other. */
@AutoService(Operation.class)
public final class MapFunction implements Operation {
  @Override
  public List<Binding> bindings() {
    return List.of(new Binding("map", MapFunction::stage));
  }

  private static Argument stage(Call call) {
    if (!(call.arguments().getFirst() instanceof Argument.Function function)) {
      throw call.unexpected(0, "a function of elements");
    }
    List<Value> tensors = call.tensors(1);
    for (int i = 0; i < function.arity(); i++) {
      // Found here, a derivative that is too large is reported at the user's call.
      new Elementwise(Derivative.of(function.body(), i), function.arity(), function.label());
    }
    return new Argument.Tensor(
        Elementwise.of(call.graph(), function.label(), function.body(), tensors));
  }
}
