package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.List;
import javax.lang.model.element.ExecutableElement;

/** A model is trained on one loss, or has none. */
final class OneLoss implements ModelRule {
  @Override
  public List<Problem> check(ModelClass model) {
    List<ExecutableElement> found = model.named("loss");
    return found.size() < 2
        ? List.of()
        : List.of(Problem.error(Message.LOSS_AMBIGUOUS, found.get(1), model.name(), found.size()));
  }
}
