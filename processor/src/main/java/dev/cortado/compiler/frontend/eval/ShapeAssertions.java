package dev.cortado.compiler.frontend.eval;

import com.sun.source.util.TreePath;
import dev.cortado.compiler.frontend.StagingError;
import dev.cortado.compiler.frontend.signature.ShapeText;
import dev.cortado.compiler.shape.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** Checks what {@code @Shape} says of parameters, locals, results and fields. */
final class ShapeAssertions {
  private final Interpreter in;
  private final Map<Element, Optional<String>> texts = new HashMap<>();

  ShapeAssertions(Interpreter in) {
    this.in = in;
  }

  /**
   * The argument of a call, which must have the shape that its parameter says.
   *
   * @param frame of the method called
   */
  Val parameter(VariableElement declared, int i, Invocation call, Frame frame) {
    Val value = call.argument(i);
    if (value instanceof TensorVal tensor) {
      ShapeMatch match = match(declared, tensor.shape(), call.site(), frame, true);
      if (match != null && !match.fits()) {
        String name = call.text(i);
        if (call.texts().isEmpty()) {
          name = tensor.history().last() == null ? "it" : tensor.history().last().name();
        }
        throw mismatch(
            callee(call, frame) + " expects " + match.expected() + " but " + name + " is ",
            tensor,
            call.site(),
            call.frame());
      }
    }
    return value;
  }

  private String callee(Invocation call, Frame frame) {
    if (frame.self instanceof Instance object && in.layers.isLayer(object.type())) {
      return in.names.of(object);
    }
    return call.method().getKind() == ElementKind.CONSTRUCTOR
        ? Declarations.classOf(call.method()).getSimpleName().toString()
        : call.name();
  }

  void local(Element variable, Val value, TreePath path, Frame frame) {
    if (value instanceof TensorVal tensor) {
      check(variable, "'" + variable.getSimpleName() + "'", tensor, path, frame);
    }
  }

  void result(ExecutableElement method, Val value, TreePath path, Frame frame) {
    if (value instanceof TensorVal tensor) {
      check(method, "the result of '" + method.getSimpleName() + "'", tensor, path, frame);
    }
  }

  void field(VariableElement field, Val value, Instance object, TreePath path, Frame frame) {
    if (value instanceof TensorVal tensor) {
      Frame around = new Frame(frame, null, object, null, frame.layer);
      check(field, "field '" + field.getSimpleName() + "'", tensor, path, around);
    }
  }

  private void check(Element declared, String what, TensorVal tensor, TreePath path, Frame frame) {
    ShapeMatch match = match(declared, tensor.shape(), path, frame, false);
    if (match != null && !match.fits()) {
      throw mismatch(
          "@Shape says that " + what + " is " + match.expected() + " but it is ",
          tensor,
          path,
          frame);
    }
  }

  private static StagingError mismatch(
      String expectation, TensorVal tensor, TreePath path, Frame frame) {
    String lines = tensor.history().lines();
    return Failures.at(
        path,
        frame,
        "shape-mismatch",
        expectation
            + tensor.history().describe(tensor.shape())
            + (lines.isEmpty() ? "" : "\n" + lines));
  }

  private @Nullable ShapeMatch match(
      Element declared, Shape shape, TreePath path, Frame frame, boolean parameter) {
    Optional<String> text =
        texts.computeIfAbsent(declared, e -> Optional.ofNullable(Annotations.shape(e)));
    if (text.isEmpty()) {
      return null;
    }
    return switch (ShapeText.parse(text.get())) {
      case ShapeText.Dimensions dimensions ->
          new ShapeMatch(in, dimensions, shape, frame, path).match(parameter);
      case ShapeText.Malformed(int offset, String reason) ->
          throw Failures.at(
              path,
              frame,
              "shape-syntax",
              "@Shape(\""
                  + text.get()
                  + "\"): "
                  + reason
                  + ", after \""
                  + text.get().substring(0, offset)
                  + "\"");
    };
  }
}
