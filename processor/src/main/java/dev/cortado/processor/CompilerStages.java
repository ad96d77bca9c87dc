package dev.cortado.processor;

import dev.cortado.compiler.frontend.Analysis;
import dev.cortado.compiler.frontend.eval.Stager;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.model.Signature;
import java.util.List;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** The compiler itself. */
final class CompilerStages implements Stages {
  @Override
  public ModelGraph stage(Analysis analysis, Signature signature, TypeElement model) {
    return Stager.stage(analysis, signature, model);
  }

  @Override
  public List<GeneratedFile> emit(Signature signature, @Nullable ModelGraph graph) {
    throw new UnsupportedOperationException("the emitter is being written");
  }
}
