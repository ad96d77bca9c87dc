package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.List;

/** A model has fields, a constructor and bodies of its own. */
final class ModelIsAClass implements ModelRule {
  @Override
  public List<Problem> check(ModelClass model) {
    String kind =
        switch (model.type().getKind()) {
          case CLASS -> "";
          case INTERFACE -> "an interface";
          case ANNOTATION_TYPE -> "an annotation";
          case ENUM -> "an enum";
          case RECORD -> "a record";
          default -> "no class";
        };
    return kind.isEmpty()
        ? List.of()
        : List.of(Problem.error(Message.MODEL_NOT_A_CLASS, model.type(), model.name(), kind));
  }
}
