package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The parameters of {@code loss} are the result of {@code forward} and then the targets. */
final class LossTakesTheResult implements ModelRule {
  @Override
  public List<Problem> check(ModelClass model) {
    ExecutableElement forward = model.only("forward");
    ExecutableElement loss = model.only("loss");
    if (forward == null || loss == null) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    List<? extends VariableElement> parameters = loss.getParameters();
    TypeMirror result = forward.getReturnType();
    if (parameters.isEmpty() || !accepts(parameters.getFirst().asType(), result, model)) {
      problems.add(
          Problem.error(
              Message.LOSS_FIRST_PARAMETER,
              parameters.isEmpty() ? loss : parameters.getFirst(),
              model.name(),
              parameters.isEmpty() ? "nothing" : Vocabulary.simple(parameters.getFirst().asType()),
              Vocabulary.simple(result)));
      return problems;
    }
    for (VariableElement target : parameters.subList(1, parameters.size())) {
      if (!isTarget(target.asType())) {
        problems.add(
            Problem.error(
                Message.TARGET_TYPE,
                target,
                target.getSimpleName(),
                Vocabulary.simple(target.asType())));
      }
    }
    return problems;
  }

  private static boolean accepts(TypeMirror parameter, TypeMirror result, ModelClass model) {
    return parameter.getKind() == TypeKind.ERROR
        || result.getKind() == TypeKind.ERROR
        || result.getKind() == TypeKind.VOID
        || model.types().isSameType(parameter, result);
  }

  private static boolean isTarget(TypeMirror type) {
    return type.getKind() == TypeKind.ERROR
        || Vocabulary.is(type, Vocabulary.TENSOR)
        || Vocabulary.is(type, Vocabulary.LABELS)
        || Vocabulary.is(type, Vocabulary.INT_TENSOR);
  }
}
