package dev.cortado.processor;

import dev.cortado.compiler.emit.Emitter;
import dev.cortado.compiler.frontend.Analysis;
import dev.cortado.compiler.frontend.StagingError;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.model.Signature;
import java.util.List;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a model whose declarations are sound: its bodies to a graph, the graph to source.
 */
public interface Stages {
  /**
   * Evaluates the bodies.
   *
   * @param model the class as the analysis knows it
   * @throws StagingError when the program is wrong
   */
  ModelGraph stage(Analysis analysis, Signature signature, TypeElement model);

  /**
   * What comes of a model.
   *
   * @param unlearned paths of parameters that no gradient of the loss reaches
   */
  record Output(List<GeneratedFile> files, List<String> unlearned) {}

  /**
   * Writes the network.
   *
   * @param graph null when the bodies are wrong: the API alone, so that what uses it compiles
   * @param environment what emitters may ask of the compilation
   */
  Output emit(Signature signature, @Nullable ModelGraph graph, Emitter.Environment environment);
}
