package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;

/** What must hold of a field annotated with {@code @Param}, in a model or a layer. */
public final class ParamField {
  private ParamField() {}

  /** What is wrong with the field, or nothing. */
  public static List<Problem> check(Element field) {
    if (field.asType().getKind() != TypeKind.ERROR
        && !Vocabulary.is(field.asType(), Vocabulary.TENSOR)) {
      return List.of(
          Problem.error(
              Message.PARAM_TYPE,
              field,
              field.getSimpleName(),
              Vocabulary.simple(field.asType()),
              field.getSimpleName()));
    }
    return field.getModifiers().contains(Modifier.STATIC)
        ? List.of(Problem.error(Message.PARAM_STATIC, field, field.getSimpleName()))
        : List.of();
  }
}
