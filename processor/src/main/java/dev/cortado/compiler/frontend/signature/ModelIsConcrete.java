package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.List;
import javax.lang.model.element.Modifier;

/** A model is instantiated. */
final class ModelIsConcrete implements ModelRule {
  @Override
  public List<Problem> check(ModelClass model) {
    return model.type().getModifiers().contains(Modifier.ABSTRACT)
        ? List.of(
            Problem.error(Message.MODEL_ABSTRACT, model.type(), model.name(), model.networkName()))
        : List.of();
  }
}
