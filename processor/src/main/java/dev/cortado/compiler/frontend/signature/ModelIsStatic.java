package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;

/** A nested model does not belong to an instance of the class around it. */
final class ModelIsStatic implements ModelRule {
  @Override
  public List<Problem> check(ModelClass model) {
    boolean inner =
        model.type().getNestingKind() == NestingKind.MEMBER
            && !model.type().getModifiers().contains(Modifier.STATIC);
    return inner
        ? List.of(
            Problem.error(
                Message.MODEL_INNER,
                model.type(),
                model.name(),
                model.name().substring(0, model.name().lastIndexOf('.'))))
        : List.of();
  }
}
