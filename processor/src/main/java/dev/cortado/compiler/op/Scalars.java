package dev.cortado.compiler.op;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.Occurrences;
import dev.cortado.compiler.expr.Rewriter;
import dev.cortado.compiler.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** Binds a formula to a method of {@code Ops} for every mix of tensors and {@code double}s. */
final class Scalars {
  private Scalars() {}

  /**
   * One binding.
   *
   * @param body over as many {@code Arg}s as the method has parameters
   * @param defaults the last parameters' values when a call leaves them out
   */
  static Operation.Binding bind(String method, Expr body, double... defaults) {
    int arity = 1 + Occurrences.arguments(body).last();
    return new Operation.Binding(method, call -> stage(call, body, arity, defaults));
  }

  private static Argument stage(Call call, Expr body, int arity, double[] defaults) {
    List<Value> tensors = new ArrayList<>();
    List<Expr> arguments = new ArrayList<>();
    for (int i = 0; i < arity; i++) {
      if (call.isTensor(i)) {
        arguments.add(Formula.arg(tensors.size()));
        tensors.add(call.tensor(i));
      } else if (i < call.arity()) {
        arguments.add(number(call, i));
      } else {
        arguments.add(Formula.constant(defaults[i - arity + defaults.length]));
      }
    }
    Expr own = Rewriter.substitute(body, arguments);
    return new Argument.Tensor(Elementwise.of(call.graph(), call.method(), own, tensors));
  }

  /** A constant, or a size such as {@code x.size(1)}, which may be symbolic. */
  private static Expr number(Call call, int i) {
    return call.arguments().get(i) instanceof Argument.Int n
        ? Formula.ofInt(n.value())
        : Formula.constant(call.number(i));
  }
}
