package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** A network creates its model without arguments. */
final class ModelHasAConstructor implements ModelRule {
  @Override
  public List<Problem> check(ModelClass model) {
    Optional<ExecutableElement> usable =
        ElementFilter.constructorsIn(model.type().getEnclosedElements()).stream()
            .filter(c -> c.getParameters().isEmpty())
            .filter(c -> !c.getModifiers().contains(Modifier.PRIVATE))
            .findFirst();
    if (usable.isEmpty() && model.type().getModifiers().contains(Modifier.PRIVATE)) {
      return List.of(); // so is its default constructor, and the class is told to be reachable
    }
    if (usable.isEmpty()) {
      return List.of(
          Problem.error(
              Message.MODEL_CONSTRUCTOR, model.type(), model.name(), model.type().getSimpleName()));
    }
    return usable.get().getThrownTypes().stream()
        .filter(thrown -> isChecked(thrown, model))
        .limit(1)
        .map(
            thrown ->
                Problem.error(
                    Message.MODEL_CONSTRUCTOR_THROWS,
                    usable.get(),
                    model.name(),
                    Vocabulary.simple(thrown)))
        .toList();
  }

  private static boolean isChecked(TypeMirror thrown, ModelClass model) {
    return thrown.getKind() == TypeKind.DECLARED
        && !isA(thrown, "java.lang.RuntimeException", model)
        && !isA(thrown, "java.lang.Error", model);
  }

  private static boolean isA(TypeMirror type, String name, ModelClass model) {
    return model.types().isSubtype(type, model.elements().getTypeElement(name).asType());
  }
}
