package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** The generated network stands beside the model and creates it. */
final class ModelIsReachable implements ModelRule {
  @Override
  public List<Problem> check(ModelClass model) {
    return Stream.<Element>iterate(
            model.type(), e -> e instanceof TypeElement, Element::getEnclosingElement)
        .filter(e -> e.getModifiers().contains(Modifier.PRIVATE))
        .limit(1)
        .map(
            e ->
                Problem.error(
                    Message.MODEL_PRIVATE, e, model.name(), model.networkName(), e.getSimpleName()))
        .toList();
  }
}
