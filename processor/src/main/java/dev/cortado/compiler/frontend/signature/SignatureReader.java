package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Checks a model's declarations and reads its {@link Signature} off them, from the running
 * compilation's elements; no body is looked at.
 */
public final class SignatureReader {
  private static final List<ModelRule> CLASS_RULES =
      List.of(
          new ModelIsReachable(),
          new ModelIsConcrete(),
          new ModelIsStatic(),
          new ModelIsNotGeneric(),
          new ModelHasAConstructor(),
          new NetworkNameIsFree(),
          new OneForward(),
          new ForwardTakesTensors(),
          new ForwardReturnsTensors(),
          new OneLoss(),
          new LossReturnsATensor(),
          new LossTakesTheResult());

  private final Elements elements;
  private final Types types;

  public SignatureReader(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /**
   * What was read.
   *
   * @param signature as far as it could be read; null when the class can have no network at all
   * @param unresolved a type in it is not known: javac's error, or another processor's next output
   */
  public record Reading(@Nullable Signature signature, List<Problem> problems, boolean unresolved) {
    public Reading {
      problems = List.copyOf(problems);
    }

    /** The bodies may be looked at. */
    public boolean isSound() {
      return signature != null && problems.isEmpty() && !unresolved;
    }
  }

  /** Reads a class annotated with {@code @Model}. */
  public Reading read(TypeElement type) {
    ModelClass model = ModelClass.of(type, elements, types);
    List<Problem> problems = new ArrayList<>(new ModelIsAClass().check(model));
    if (!problems.isEmpty()) {
      return new Reading(null, problems, false);
    }
    CLASS_RULES.forEach(rule -> problems.addAll(rule.check(model)));
    Signature signature = signature(model, problems);
    boolean clash = problems.stream().anyMatch(p -> p.key().equals(Message.MODEL_NAME_CLASH.key()));
    return new Reading(clash ? null : signature, problems, model.hasUnresolvedTypes());
  }

  private static Signature signature(ModelClass model, List<Problem> problems) {
    PortReader reader = new PortReader(model, problems);
    List<PortReader.ReadPort> inputs =
        parameters(model.only("forward"), 0).stream().map(p -> reader.read("input", p)).toList();
    List<PortReader.ReadPort> targets =
        targets(model, problems).stream().map(p -> reader.read("target", p)).toList();
    String batch = batch(inputs);
    Stream.concat(inputs.stream(), targets.stream())
        .forEach(port -> checkBatch(port, batch, problems));
    TypeMirror result = result(model);
    List<String> components = result == null ? List.of() : names(result);
    return new Signature(
        model.packageName(),
        model.joinedName(),
        model.name(),
        model.isPublic(),
        model.privateClass().isEmpty(),
        batch,
        symbols(inputs, targets, batch),
        inputs.stream().map(PortReader.ReadPort::port).toList(),
        targets.stream().map(PortReader.ReadPort::port).toList(),
        components.isEmpty() ? List.of("output") : components,
        components.isEmpty() ? null : simpleName(result),
        model.only("loss") != null);
  }

  /** Unknown where the first parameter is not what {@code forward} returns. */
  private static List<? extends VariableElement> targets(ModelClass model, List<Problem> problems) {
    String misplaced = Message.LOSS_FIRST_PARAMETER.key();
    return problems.stream().anyMatch(p -> p.key().equals(misplaced))
        ? List.of()
        : parameters(model.only("loss"), 1);
  }

  private static List<? extends VariableElement> parameters(
      @Nullable ExecutableElement method, int from) {
    if (method == null || method.getParameters().size() < from) {
      return List.of();
    }
    return method.getParameters().subList(from, method.getParameters().size());
  }

  private static @Nullable TypeMirror result(ModelClass model) {
    ExecutableElement forward = model.only("forward");
    return forward == null ? null : forward.getReturnType();
  }

  private static @Nullable String simpleName(@Nullable TypeMirror type) {
    return type instanceof DeclaredType t ? t.asElement().getSimpleName().toString() : null;
  }

  private static List<String> names(TypeMirror record) {
    return ModelClass.components(record).stream().map(c -> c.getSimpleName().toString()).toList();
  }

  /** The batch is the symbol that stands alone in front of the first input that has one there. */
  private static @Nullable String batch(List<PortReader.ReadPort> inputs) {
    return inputs.stream()
        .map(p -> p.port().shape())
        .filter(shape -> shape.rank() > 0)
        .map(shape -> symbol(shape.dim(0)))
        .filter(name -> name != null)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String symbol(Poly dim) {
    return dim.atoms().stream().findFirst().orElse(null) instanceof Atom.Symbol s
            && dim.equals(Poly.of(s))
        ? s.name()
        : null;
  }

  private static void checkBatch(
      PortReader.ReadPort read, @Nullable String batch, List<Problem> problems) {
    Shape shape = read.port().shape();
    if (batch == null || read.annotation() == null) {
      return;
    }
    boolean leads = shape.rank() > 0 && batch.equals(symbol(shape.dim(0)));
    List<Poly> others = leads ? shape.dims().subList(1, shape.rank()) : shape.dims();
    if (new ShapeText.Dimensions(false, others).symbols().contains(batch)) {
      var value = Vocabulary.value(read.annotation()).orElse(null);
      Object text = value == null ? "" : value.getValue();
      problems.add(
          Problem.error(Message.BATCH_POSITION, read.parameter(), text, batch)
              .at(read.annotation(), value));
    }
  }

  private static List<String> symbols(
      List<PortReader.ReadPort> inputs, List<PortReader.ReadPort> targets, @Nullable String batch) {
    return Stream.concat(inputs.stream(), targets.stream())
        .flatMap(p -> new ShapeText.Dimensions(false, p.port().shape().dims()).symbols().stream())
        .distinct()
        .filter(name -> !name.equals(batch))
        .toList();
  }
}
