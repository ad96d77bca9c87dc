package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import dev.cortado.compiler.frontend.signature.ShapeText.Dimensions;
import dev.cortado.compiler.frontend.signature.ShapeText.Malformed;
import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Reads one parameter of {@code forward} or {@code loss} and its {@code @Shape}. */
final class PortReader {
  private final ModelClass model;
  private final List<Problem> problems;

  PortReader(ModelClass model, List<Problem> problems) {
    this.model = model;
    this.problems = problems;
  }

  /**
   * The port; where its shape is missing or wrong, a problem is added and the port is a scalar.
   *
   * @param what "input" or "target"
   */
  ReadPort read(String what, VariableElement parameter) {
    ElementType element = elementType(parameter.asType());
    @Nullable AnnotationMirror annotation =
        Vocabulary.annotation(parameter, Vocabulary.SHAPE).orElse(null);
    Shape shape =
        annotation == null
            ? missing(what, parameter, element)
            : declared(what, parameter, annotation);
    return new ReadPort(
        new Signature.Port(parameter.getSimpleName().toString(), element, shape),
        parameter,
        annotation);
  }

  /** A port and where its shape stands. */
  record ReadPort(
      Signature.Port port, VariableElement parameter, @Nullable AnnotationMirror annotation) {}

  private static ElementType elementType(TypeMirror type) {
    if (Vocabulary.is(type, Vocabulary.LABELS)) {
      return ElementType.LABEL;
    }
    return Vocabulary.is(type, Vocabulary.INT_TENSOR) ? ElementType.INT : ElementType.FLOAT;
  }

  private Shape missing(String what, VariableElement parameter, ElementType element) {
    TypeMirror type = parameter.asType();
    if (type.getKind() == TypeKind.DECLARED && isTensorLike(type)) {
      problems.add(
          Problem.error(
              Message.SHAPE_MISSING,
              parameter,
              what,
              parameter.getSimpleName(),
              what.equals("input") ? "forward" : "loss",
              element == ElementType.LABEL ? "N" : element == ElementType.INT ? "N, T" : "N, 10",
              Vocabulary.simple(type),
              parameter.getSimpleName()));
    }
    return Shape.SCALAR;
  }

  private static boolean isTensorLike(TypeMirror type) {
    return Vocabulary.is(type, Vocabulary.TENSOR)
        || Vocabulary.is(type, Vocabulary.INT_TENSOR)
        || Vocabulary.is(type, Vocabulary.LABELS);
  }

  private Shape declared(String what, VariableElement parameter, AnnotationMirror annotation) {
    Optional<AnnotationValue> value = Vocabulary.value(annotation);
    if (value.isEmpty()
        || !(value.get().getValue() instanceof String text)
        || text.equals("<error>")) {
      return Shape.SCALAR; // javac says what is wrong with the annotation
    }
    List<Problem> found = new ArrayList<>();
    Shape shape = parse(what, parameter, text, found);
    found.forEach(p -> problems.add(p.at(annotation, value.get())));
    return shape;
  }

  private Shape parse(String what, VariableElement at, String text, List<Problem> found) {
    switch (ShapeText.parse(text)) {
      case Malformed wrong -> {
        found.add(
            Problem.error(
                Message.SHAPE_SYNTAX, at, text, wrong.reason(), text.substring(0, wrong.offset())));
        return Shape.SCALAR;
      }
      case Dimensions read -> {
        Dimensions known = resolve(read, text, at, found);
        if (known.open()) {
          found.add(Problem.error(Message.SHAPE_OPEN, at, text, what, text.replace("...", "N")));
        }
        known.dims().stream()
            .filter(d -> d.isConstant() && d.constant() < 1)
            .limit(1)
            .forEach(d -> found.add(Problem.error(Message.SHAPE_SIZE, at, text, d)));
        return new Shape(known.dims());
      }
    }
  }

  /** A symbol that names an {@code int} constant of the model means its value. */
  private Dimensions resolve(
      Dimensions read, String text, VariableElement at, List<Problem> found) {
    return read.resolve(
        symbol -> {
          VariableElement field = intField(symbol);
          if (field == null) {
            return null;
          }
          if (field.getConstantValue() instanceof Number value) {
            return Poly.of(value.longValue());
          }
          found.add(Problem.error(Message.SHAPE_FIELD, at, text, symbol, symbol));
          return null;
        });
  }

  private @Nullable VariableElement intField(String name) {
    return ElementFilter.fieldsIn(model.elements().getAllMembers(model.type())).stream()
        .filter(f -> f.getSimpleName().contentEquals(name))
        .filter(f -> f.asType().getKind() == TypeKind.INT)
        .findFirst()
        .orElse(null);
  }
}
