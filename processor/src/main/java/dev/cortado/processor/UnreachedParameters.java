package dev.cortado.processor;

import dev.cortado.compiler.autodiff.Gradients;
import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.model.ModelGraph;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Warns of parameters that training would leave as they start. */
final class UnreachedParameters {
  private UnreachedParameters() {}

  /**
   * One warning for each parameter that no gradient of the loss reaches, at the model's field that
   * leads to it.
   *
   * @param model of this round
   */
  static List<Problem> check(ModelGraph graph, TypeElement model) {
    Value loss = graph.loss();
    if (loss == null || graph.parameters().isEmpty()) {
      return List.of();
    }
    List<Value> parameters = graph.parameters().stream().map(Node::value).toList();
    Gradients gradients = Gradients.ofLoss(graph.graph(), loss, parameters);
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      if (gradients.gradients().get(i) == null) {
        String path = parameters.get(i).node().op().name();
        problems.add(Problem.warning(Message.PARAM_UNREACHED, field(model, path), path, ""));
      }
    }
    return problems;
  }

  private static Element field(TypeElement model, String path) {
    String name = path.split("\\.", 2)[0];
    return ElementFilter.fieldsIn(model.getEnclosedElements()).stream()
        .filter(f -> f.getSimpleName().contentEquals(name))
        .map(Element.class::cast)
        .findFirst()
        .orElse(model);
  }
}
