package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import dev.cortado.compiler.frontend.report.Suggestion;
import java.util.List;
import javax.lang.model.element.ExecutableElement;

/** A model computes one thing. */
final class OneForward implements ModelRule {
  private static final String EXAMPLE = "Tensor forward(@Shape(\"N, ...\") Tensor x)";

  @Override
  public List<Problem> check(ModelClass model) {
    List<ExecutableElement> found = model.named("forward");
    if (found.isEmpty()) {
      List<String> names = model.methods().stream().map(m -> m.getSimpleName().toString()).toList();
      return List.of(
          Problem.error(
              Message.FORWARD_MISSING,
              model.type(),
              model.name(),
              Suggestion.closest("forward", names)
                  .map(name -> ", but a method '" + name + "'; rename that one")
                  .orElse("; add '" + EXAMPLE + "' with the input's dimensions")));
    }
    return found.size() == 1
        ? List.of()
        : List.of(
            Problem.error(Message.FORWARD_AMBIGUOUS, found.get(1), model.name(), found.size()));
  }
}
