package dev.cortado.processor;

import dev.cortado.compiler.emit.CpuEmitter;
import dev.cortado.compiler.emit.Emitter;
import dev.cortado.compiler.frontend.Analysis;
import dev.cortado.compiler.frontend.eval.Stager;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.plan.Plan;
import dev.cortado.compiler.plan.Planner;
import dev.cortado.compiler.plan.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Map<Target, Plan> plans = new HashMap<>();
    List<GeneratedFile> files = new ArrayList<>();
    List<Emitter.Complaint> complaints = new ArrayList<>();
    List<String> unlearned = List.of();
    for (Emitter emitter : emitters) {
      if (emitter.appliesTo(environment)) {
        Optional<Emitter.Complaint> complaint = emitter.complaint(environment);
        complaint.ifPresent(complaints::add);
        Plan plan =
            graph == null || complaint.isPresent()
                ? null
                : plans.computeIfAbsent(emitter.target(), t -> Planner.plan(graph, t));
        for (Emitter.Source source : emitter.emit(signature, plan, environment)) {
          files.add(new GeneratedFile(source.qualifiedName(), source.text()));
        }
        unlearned = plan == null ? unlearned : plan.unlearned();
      }
    }
    return new Output(files, unlearned, complaints);
  }

  @Override
  public List<Emitter.Complaint> inspect(String binaryName, byte[] classFile) {
    return emitters.stream().flatMap(e -> e.inspect(binaryName, classFile).stream()).toList();
  }
}
