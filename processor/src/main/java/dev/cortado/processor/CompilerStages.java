package dev.cortado.processor;

import dev.cortado.compiler.emit.CpuEmitter;
import dev.cortado.compiler.emit.Emitter;
import dev.cortado.compiler.frontend.Analysis;
import dev.cortado.compiler.frontend.eval.Stager;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.plan.Plan;
import dev.cortado.compiler.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** The compiler itself: evaluation, planning, and the emitters on the processor path. */
final class CompilerStages implements Stages {
  private final List<Emitter> emitters = new ArrayList<>(List.of(new CpuEmitter()));

  CompilerStages() {
    ServiceLoader.load(Emitter.class, CompilerStages.class.getClassLoader()).forEach(emitters::add);
  }

  @Override
  public ModelGraph stage(Analysis analysis, Signature signature, TypeElement model) {
    return Stager.stage(analysis, signature, model);
  }

  @Override
  public Output emit(
      Signature signature, @Nullable ModelGraph graph, Emitter.Environment environment) {
    Plan plan = graph == null ? null : Planner.plan(graph);
    List<GeneratedFile> files =
        emitters.stream()
            .filter(emitter -> emitter.appliesTo(environment))
            .flatMap(emitter -> emitter.emit(signature, plan).stream())
            .map(source -> new GeneratedFile(source.qualifiedName(), source.text()))
            .toList();
    return new Output(files, plan == null ? List.of() : plan.unlearned());
  }
}
