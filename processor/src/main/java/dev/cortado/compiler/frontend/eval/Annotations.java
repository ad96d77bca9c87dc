package dev.cortado.compiler.frontend.eval;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Reads Cortado's annotations off elements of the private task. */
final class Annotations {
  private static final String PACKAGE = "dev.cortado.annotation.";

  private Annotations() {}

  /** A layer or a model: parameters below its fields are learned. */
  static boolean isLayer(TypeElement type) {
    return find(type, "Layer") != null || find(type, "Model") != null;
  }

  static boolean isModel(TypeElement type) {
    return find(type, "Model") != null;
  }

  static boolean isParam(Element field) {
    return find(field, "Param") != null;
  }

  /** The text of {@code @Shape}; null without one. */
  static @Nullable String shape(Element element) {
    AnnotationMirror annotation = find(element, "Shape");
    return annotation == null ? null : text(annotation, "value");
  }

  /** The field whose elements stand directly under the layer's own path; empty for none. */
  static String elementsField(TypeElement type) {
    AnnotationMirror annotation = find(type, "Layer");
    String name = annotation == null ? null : text(annotation, "elements");
    return name == null ? "" : name;
  }

  private static @Nullable AnnotationMirror find(Element element, String name) {
    for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
      if (annotation.getAnnotationType().asElement() instanceof TypeElement type
          && type.getQualifiedName().contentEquals(PACKAGE + name)) {
        return annotation;
      }
    }
    return null;
  }

  private static @Nullable String text(AnnotationMirror annotation, String name) {
    for (var entry : annotation.getElementValues().entrySet()) {
      AnnotationValue value = entry.getValue();
      if (entry.getKey().getSimpleName().contentEquals(name)
          && value.getValue() instanceof String text) {
        return text;
      }
    }
    return null;
  }
}
