package dev.cortado.compiler.frontend.eval;

import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.op.Argument;
import dev.cortado.compiler.shape.Poly;
import java.util.Arrays;
import java.util.List;
import javax.lang.model.element.ExecutableElement;

/** Turns the values of a call of {@code Ops} into what its rule takes. */
final class Arguments {
  private final Interpreter in;
  private final Invocation call;

  Arguments(Interpreter in, Invocation call) {
    this.in = in;
    this.call = call;
  }

  Argument staged(int i) {
    Val value = call.argument(i);
    ExecutableElement function =
        in.declarations.functional(call.method().getParameters().get(i).asType());
    if (function != null && (value instanceof Function || value instanceof Instance)) {
      return MapFunctions.isScalar(function)
          ? new MapFunctions(in, call).staged(i, function)
          : new ScanStep(in, call, value);
    }
    return staged(value, call.text(i));
  }

  private Argument staged(Val value, String text) {
    return switch (value) {
      case TensorVal tensor -> new Argument.Tensor(lift(tensor, text));
      case Val.Constant(Object box) -> constant(box);
      case Val.Symbolic(Poly poly, boolean wide) -> new Argument.Int(poly);
      case Val.Null n -> new Argument.Nothing();
      case Val.Handle(Argument argument) -> argument;
      case Val.Array array -> many(Arrays.asList(array.elements), text);
      case Val.Items list -> many(list.elements, text);
      case Instance object when object.constant() != null ->
          new Argument.Choice(object.constant().name());
      case Instance object -> many(ObjectMethods.values(object), text);
      case Val.Scalar(var element) ->
          throw Failures.runTimeSize(call.site(), call.frame(), text, "a number made of a size");
      default ->
          throw Failures.unsupported(
              call.site(),
              call.frame(),
              "'" + text + "'",
              "give " + call.name() + " a tensor or a number");
    };
  }

  private static Argument constant(Object box) {
    return switch (box) {
      case Boolean flag -> new Argument.Flag(flag);
      case String text -> new Argument.Text(text);
      case Character c -> new Argument.Int(Poly.of(c));
      case Float f -> new Argument.Number(f);
      case Double d -> new Argument.Number(d);
      case Number n -> new Argument.Int(Poly.of(n.longValue()));
      default -> throw new IllegalArgumentException("no constant: " + box);
    };
  }

  private Argument many(List<Val> elements, String text) {
    return new Argument.Many(elements.stream().map(e -> staged(e, text)).toList());
  }

  private Value lift(TensorVal tensor, String text) {
    Value value = in.level.lift(tensor);
    if (value == null) {
      throw new IllegalStateException(text + " belongs to the body of a scan that is finished");
    }
    return value;
  }
}
