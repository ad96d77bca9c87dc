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
   * @param complaints about how the compilation is set up
   */
  record Output(
      List<GeneratedFile> files, List<String> unlearned, List<Emitter.Complaint> complaints) {}

  /**
   * Writes the network.
   *
   * @param graph null when the bodies are wrong: the API alone, so that what uses it compiles
   * @param environment what emitters may ask of the compilation
   */
  Output emit(Signature signature, @Nullable ModelGraph graph, Emitter.Environment environment);

  /**
   * What is wrong with the class file of a class that {@link #emit} gave, or of one in it.
   *
   * @param binaryName as {@code Class.getName} gives it
   */
  List<Emitter.Complaint> inspect(String binaryName, byte[] classFile);
}
