package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.List;

/** The generated network stands beside the model and creates it. */
final class ModelIsReachable implements ModelRule {
  @Override
  public List<Problem> check(ModelClass model) {
    return model.privateClass().stream()
        .map(
            e ->
                Problem.error(
                    Message.MODEL_PRIVATE, e, model.name(), model.networkName(), e.getSimpleName()))
        .toList();
  }
}
