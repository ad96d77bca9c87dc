package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The result of {@code forward} is a tensor or a record of tensors. */
final class ForwardReturnsTensors implements ModelRule {
  @Override
  public List<Problem> check(ModelClass model) {
    ExecutableElement forward = model.only("forward");
    if (forward == null || isTensor(forward.getReturnType())) {
      return List.of();
    }
    TypeMirror result = forward.getReturnType();
    List<? extends RecordComponentElement> components = ModelClass.components(result);
    if (components.isEmpty()) {
      return List.of(
          Problem.error(Message.FORWARD_RESULT, forward, model.name(), Vocabulary.simple(result)));
    }
    return components.stream()
        .filter(c -> !isTensor(c.asType()))
        .map(
            c ->
                Problem.error(
                    Message.OUTPUT_COMPONENT,
                    forward,
                    c.getSimpleName(),
                    Vocabulary.simple(result),
                    Vocabulary.simple(c.asType())))
        .toList();
  }

  private static boolean isTensor(TypeMirror type) {
    return type.getKind() == TypeKind.ERROR || Vocabulary.is(type, Vocabulary.TENSOR);
  }
}
