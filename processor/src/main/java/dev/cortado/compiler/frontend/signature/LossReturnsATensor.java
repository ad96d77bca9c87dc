package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The result of {@code loss} is what training makes small. */
final class LossReturnsATensor implements ModelRule {
  @Override
  public List<Problem> check(ModelClass model) {
    ExecutableElement loss = model.only("loss");
    if (loss == null) {
      return List.of();
    }
    TypeMirror result = loss.getReturnType();
    return result.getKind() == TypeKind.ERROR || Vocabulary.is(result, Vocabulary.TENSOR)
        ? List.of()
        : List.of(
            Problem.error(Message.LOSS_RESULT, loss, model.name(), Vocabulary.simple(result)));
  }
}
