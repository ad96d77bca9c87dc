package dev.cortado.compiler.plan;

import dev.cortado.compiled.Ports.IndexRange;
import dev.cortado.compiler.graph.Requirement;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.shape.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model, planned: what emitters print.
 *
 * @param outputs shapes of the outputs
 * @param ranges what integers may be handed in
 * @param requirements what must hold of the symbols' values
 * @param unlearned paths of parameters that no gradient of the loss reaches
 * @param predict outputs, without dropout
 * @param evaluate outputs and loss, without dropout; null without a loss
 * @param train outputs, loss and gradients; null without a loss
 * @param backward outputs, and gradients from gradients of the outputs
 * @param summary a table of layers: output shape, parameters, FLOPs
 */
public record Plan(
    Signature signature,
    ParameterLayout parameters,
    List<Shape> outputs,
    List<IndexRange> ranges,
    List<Requirement> requirements,
    List<String> unlearned,
    Program predict,
    @Nullable Program evaluate,
    @Nullable Program train,
    Program backward,
    String summary) {
  public Plan {
    outputs = List.copyOf(outputs);
    ranges = List.copyOf(ranges);
    requirements = List.copyOf(requirements);
    unlearned = List.copyOf(unlearned);
  }
}
