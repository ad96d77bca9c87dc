package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The parameters of {@code forward} are what a prediction starts from. */
final class ForwardTakesTensors implements ModelRule {
  @Override
  public List<Problem> check(ModelClass model) {
    ExecutableElement forward = model.only("forward");
    if (forward == null) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    if (!forward.getTypeParameters().isEmpty()) {
      problems.add(Problem.error(Message.FORWARD_GENERIC, forward, "forward", model.name()));
    } else if (forward.getParameters().isEmpty()) {
      problems.add(Problem.error(Message.FORWARD_NO_INPUT, forward, model.name()));
    }
    for (VariableElement input : forward.getParameters()) {
      if (!isInput(input.asType())) {
        problems.add(
            Problem.error(
                Message.INPUT_TYPE,
                input,
                input.getSimpleName(),
                Vocabulary.simple(input.asType()),
                hint(input.asType())));
      }
    }
    return problems;
  }

  private static boolean isInput(TypeMirror type) {
    return type.getKind() == TypeKind.ERROR
        || type.getKind() == TypeKind.TYPEVAR
        || Vocabulary.is(type, Vocabulary.TENSOR)
        || Vocabulary.is(type, Vocabulary.INT_TENSOR);
  }

  private static String hint(TypeMirror type) {
    return Vocabulary.is(type, Vocabulary.LABELS) ? " (Labels are the targets of 'loss')" : "";
  }
}
