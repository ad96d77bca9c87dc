package dev.cortado.compiler.frontend.report;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a declaration, as a value: collected while checking, printed once.
 *
 * @param key section of {@code docs/errors.md}
 * @param message what was expected, what came, what to do
 * @param element of this round, never kept for the next
 * @param annotation on {@code element}, when the message is about it
 * @param value of {@code annotation}, when the message is about it
 */
public record Problem(
    Diagnostic.Kind kind,
    String key,
    String message,
    Element element,
    @Nullable AnnotationMirror annotation,
    @Nullable AnnotationValue value) {

  public static Problem error(Message message, Element element, Object... arguments) {
    return new Problem(
        Diagnostic.Kind.ERROR, message.key(), message.text(arguments), element, null, null);
  }

  public static Problem warning(Message message, Element element, Object... arguments) {
    return new Problem(
        Diagnostic.Kind.WARNING, message.key(), message.text(arguments), element, null, null);
  }

  /** An error that an emitter found, with the key of its section. */
  public static Problem error(String key, String message, Element element) {
    return new Problem(Diagnostic.Kind.ERROR, key, message, element, null, null);
  }

  /** The same problem, pointing at an annotation's value. */
  public Problem at(@Nullable AnnotationMirror newAnnotation, @Nullable AnnotationValue newValue) {
    return new Problem(kind, key, message, element, newAnnotation, newValue);
  }
}
