package dev.cortado.processor;

import com.sun.source.util.Trees;
import dev.cortado.compiler.emit.Emitter;
import dev.cortado.compiler.frontend.StagingError;
import dev.cortado.compiler.frontend.record.LayerRecorder;
import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import dev.cortado.compiler.frontend.report.Reporter;
import dev.cortado.compiler.frontend.signature.LayerClass;
import dev.cortado.compiler.frontend.signature.ParamField;
import dev.cortado.compiler.frontend.signature.SignatureReader;
import dev.cortado.compiler.frontend.signature.SignatureReader.Reading;
import dev.cortado.compiler.frontend.signature.Vocabulary;
import dev.cortado.compiler.frontend.source.SourceAnalysis;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.model.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * One compilation's models through the stages, each gating the next: declarations, then the private
 * analysis, then the bodies, then the generated source. A model that fails a stage still gets its
 * network's API, and never stops another model. Holds names from round to round, never elements.
 */
final class Build {
  private final ProcessingEnvironment host;
  private final Stages stages;
  private final HostEnvironment environment;
  private final HostSources sources;
  private final Reporter reporter;
  private final LayerRecorder recorder;
  private final SourceWriter writer;
  private final UnreadableModels unreadable;
  private final WrittenClasses classes;
  private final PhaseClock clock = new PhaseClock();
  private final Set<Emitter.Complaint> said = new LinkedHashSet<>();
  private final Set<String> waiting = new LinkedHashSet<>();
  private int models;
  private int awaited;

  /**
   * @throws IllegalArgumentException under a compiler other than javac
   */
  Build(ProcessingEnvironment host, Stages stages) {
    this.host = host;
    this.stages = stages;
    this.environment = new HostEnvironment(host);
    Trees trees = Trees.instance(host);
    sources = new HostSources(trees, host.getElementUtils());
    reporter = new Reporter(host.getMessager(), trees, sources.units());
    recorder = new LayerRecorder(host.getFiler());
    writer = new SourceWriter(host.getFiler());
    unreadable = new UnreadableModels(host);
    classes = new WrittenClasses(host, stages, reporter);
  }

  String timing() {
    return "Cortado: " + models + (models == 1 ? " model in " : " models in ") + clock.report();
  }

  void round(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    boolean foreign = round.getRootElements().stream().anyMatch(e -> !writer.wrote(nameOf(e)));
    sources.add(round.getRootElements());
    List<TypeElement> candidates = candidates(round);
    checkParts(annotations, round);
    Map<TypeElement, Signature> sound = declarations(candidates, foreign);
    Set<String> layers = layers(annotations, round);
    if (!sound.isEmpty() || !layers.isEmpty()) {
      try (SourceAnalysis analysis = clock.time("analysis", this::analyse)) {
        sound.forEach((type, signature) -> bodies(type, signature, analysis, foreign));
        clock.time("recording", () -> record(layers, analysis));
      }
    }
  }

  private SourceAnalysis analyse() {
    return SourceAnalysis.run(host, sources.files(), sources.topLevelTypes());
  }

  /** This round's models, those that wait for other processors first. */
  private List<TypeElement> candidates(RoundEnvironment round) {
    Set<TypeElement> types = new LinkedHashSet<>();
    for (String name : waiting) {
      TypeElement type = host.getElementUtils().getTypeElement(name);
      if (type != null) {
        types.add(type);
      }
    }
    TypeElement annotation = host.getElementUtils().getTypeElement(Vocabulary.MODEL);
    if (annotation != null) {
      round.getElementsAnnotatedWith(annotation).stream()
          .filter(e -> e instanceof TypeElement)
          .map(e -> (TypeElement) e)
          .forEach(types::add);
    }
    waiting.clear();
    return List.copyOf(types);
  }

  /** Another processor may be about to generate what this model names. */
  private void await(TypeElement type, Signature signature) {
    waiting.add(nameOf(type));
    String pkg = signature.packageName();
    awaited++;
    writer.askForRound(
        (pkg.isEmpty() ? "" : pkg + ".") + signature.networkName() + "Awaits" + awaited, type);
  }

  private void checkParts(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    annotated(Vocabulary.PARAM, annotations, round)
        .filter(e -> e.getKind() == ElementKind.FIELD)
        .flatMap(field -> ParamField.check(field).stream())
        .forEach(reporter::print);
    annotated(Vocabulary.LAYER, annotations, round)
        .flatMap(layer -> LayerClass.check(layer).stream())
        .forEach(reporter::print);
  }

  /** Reads signatures, prints what is wrong with them, and returns those that are right. */
  private Map<TypeElement, Signature> declarations(List<TypeElement> candidates, boolean foreign) {
    SignatureReader reader = new SignatureReader(host.getElementUtils(), host.getTypeUtils());
    Map<TypeElement, Signature> sound = new LinkedHashMap<>();
    for (TypeElement type : candidates) {
      Reading reading = clock.time("declarations", () -> reader.read(type));
      Signature signature = reading.signature();
      if (reading.unresolved() && signature != null && foreign) {
        await(type, signature);
        continue;
      }
      reading.problems().forEach(reporter::print);
      if (signature != null && reading.isSound()) {
        sound.put(type, signature);
      } else if (signature != null) {
        emit(type, signature, null);
      }
    }
    return sound;
  }

  private Set<String> layers(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Set<String> names = new LinkedHashSet<>();
    annotated(Vocabulary.LAYER, annotations, round)
        .map(Build::topLevel)
        .forEach(type -> names.add(nameOf(type)));
    return names;
  }

  private static Stream<Element> annotated(
      String name, Set<? extends TypeElement> annotations, RoundEnvironment round) {
    return annotations.stream()
        .filter(a -> a.getQualifiedName().contentEquals(name))
        .flatMap(a -> round.getElementsAnnotatedWith(a).stream());
  }

  private static Element topLevel(Element element) {
    Element outer = element.getEnclosingElement();
    return outer == null || outer instanceof PackageElement ? element : topLevel(outer);
  }

  private static String nameOf(Element element) {
    return element instanceof TypeElement type
        ? type.getQualifiedName().toString()
        : element.toString();
  }

  /** Stages a model and writes its network: in full when all is well, else its API. */
  private void bodies(
      TypeElement type, Signature signature, SourceAnalysis analysis, boolean foreign) {
    models++;
    try {
      ModelGraph graph = clock.time("bodies", () -> stage(type, signature, analysis));
      unreadable.forget(nameOf(type));
      emit(type, signature, graph);
      return;
    } catch (StagingError e) {
      if (e.key().equals(StagingError.JAVAC)) {
        unreadable.watch(nameOf(type), e, analysis);
        if (foreign && e.where().stream().anyMatch(analysis::awaitsType)) {
          await(type, signature);
          return;
        }
      } else if (e.key().equals(StagingError.INTERNAL)) {
        reporter.print(InternalErrors.describe(e, signature), analysis, type);
      } else {
        reporter.print(e, analysis, type);
      }
    } catch (RuntimeException | StackOverflowError e) {
      reporter.print(
          InternalErrors.describe(e, "the bodies of " + signature.modelReference()),
          analysis,
          type);
    }
    emit(type, signature, null);
  }

  private ModelGraph stage(TypeElement type, Signature signature, SourceAnalysis analysis) {
    TypeElement model = analysis.type(nameOf(type));
    if (model == null) {
      throw new IllegalStateException("the private compilation has no class " + nameOf(type));
    }
    return stages.stage(analysis, signature, model);
  }

  private void emit(TypeElement type, Signature signature, @Nullable ModelGraph graph) {
    Stages.Output output;
    try {
      output = clock.time("generation", () -> stages.emit(signature, graph, environment));
    } catch (RuntimeException | StackOverflowError e) {
      String what = "generating " + signature.networkName();
      reporter.print(InternalErrors.problem(e, what, type));
      if (graph != null) {
        emit(type, signature, null);
      }
      return;
    }
    warn(type, output.unlearned());
    complain(type, output.complaints());
    classes.watch(output.files(), nameOf(type));
    if (!clock.time("writing", () -> writer.write(output.files(), type))) {
      reporter.print(
          Problem.error(
              Message.MODEL_NAME_CLASH, type, signature.modelReference(), signature.networkName()));
    }
  }

  /**
   * A parameter that training leaves as it starts is most likely forgotten: a warning, at its
   * field.
   */
  private void warn(TypeElement model, List<String> unlearned) {
    for (String path : unlearned) {
      String name = path.substring(0, path.indexOf('.') < 0 ? path.length() : path.indexOf('.'));
      Element field =
          ElementFilter.fieldsIn(host.getElementUtils().getAllMembers(model)).stream()
              .filter(f -> f.getSimpleName().contentEquals(name))
              .map(f -> (Element) f)
              .findFirst()
              .orElse(model);
      reporter.print(Problem.warning(Message.PARAM_UNREACHED, field, path));
    }
  }

  /** What is wrong with the compilation is said once, at the first model. */
  private void complain(TypeElement model, List<Emitter.Complaint> complaints) {
    for (Emitter.Complaint complaint : complaints) {
      if (said.add(complaint)) {
        reporter.print(Problem.error(complaint.key(), complaint.text(), model));
      }
    }
  }

  private boolean record(Set<String> layers, SourceAnalysis analysis) {
    try {
      recorder.record(layers, analysis, host.getElementUtils()::getTypeElement);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
