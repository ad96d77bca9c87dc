package dev.cortado.processor;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.frontend.report.Message;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Generates a network for each {@code @Model}, and records the source of each {@code @Layer}. The
 * option {@code -Acortado.time=true} prints how long each phase took.
 */
@AutoService(Processor.class)
@SupportedAnnotationTypes("dev.cortado.annotation.*")
@SupportedOptions({CortadoProcessor.TIME, "cortado.tornado", "cortado.tornado.libraries"})
public final class CortadoProcessor extends AbstractProcessor {
  static final String TIME = "cortado.time";

  private final Stages stages;
  private @Nullable Build build;
  private boolean refused;

  /** For javac, which finds the processor by {@code ServiceLoader}. */
  public CortadoProcessor() {
    this(new CompilerStages());
  }

  /** With other stages, so that this side can be tested alone. */
  CortadoProcessor(Stages stages) {
    this.stages = stages;
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (refused) {
      return true;
    }
    if (build == null) {
      try {
        build = new Build(processingEnv, stages);
      } catch (IllegalArgumentException | LinkageError e) {
        refuse(annotations, round);
        return true;
      }
    }
    build.round(annotations, round);
    if (round.processingOver() && Boolean.parseBoolean(processingEnv.getOptions().get(TIME))) {
      processingEnv.getMessager().printMessage(Diagnostic.Kind.NOTE, build.timing());
    }
    // The annotations are ours alone; claiming them also keeps -Xlint:processing quiet about them.
    return true;
  }

  /**
   * Without javac's tree API there are no bodies to read: one error, at the first class that asks.
   */
  private void refuse(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (TypeElement annotation : annotations) {
      for (Element element : round.getElementsAnnotatedWith(annotation)) {
        processingEnv
            .getMessager()
            .printMessage(
                Diagnostic.Kind.ERROR,
                Message.NOT_JAVAC.text(processingEnv.getClass().getName()),
                element);
        refused = true;
        return;
      }
    }
  }
}
