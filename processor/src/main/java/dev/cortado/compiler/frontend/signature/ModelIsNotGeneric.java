package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.List;

/** A model is one network. */
final class ModelIsNotGeneric implements ModelRule {
  @Override
  public List<Problem> check(ModelClass model) {
    return model.type().getTypeParameters().isEmpty()
        ? List.of()
        : List.of(Problem.error(Message.MODEL_GENERIC, model.type(), model.name()));
  }
}
