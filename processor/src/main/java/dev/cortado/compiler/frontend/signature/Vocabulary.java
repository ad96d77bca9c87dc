package dev.cortado.compiler.frontend.signature;

import java.util.Optional;
import java.util.regex.Pattern;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The names of the language, as they stand in the user's declarations. */
public final class Vocabulary {
  public static final String MODEL = "dev.cortado.annotation.Model";
  public static final String LAYER = "dev.cortado.annotation.Layer";
  public static final String SHAPE = "dev.cortado.annotation.Shape";
  public static final String PARAM = "dev.cortado.annotation.Param";
  public static final String TENSOR = "dev.cortado.Tensor";
  public static final String INT_TENSOR = "dev.cortado.IntTensor";
  public static final String LABELS = "dev.cortado.Labels";
  public static final String NETWORK = "dev.cortado.Network";

  private static final Pattern PACKAGE = Pattern.compile("\\b[a-z]\\w*\\.(?=[\\w.]*[A-Z])");

  private Vocabulary() {}

  /** The annotation of that qualified name on the element itself. */
  public static Optional<AnnotationMirror> annotation(Element element, String name) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (((TypeElement) mirror.getAnnotationType().asElement())
          .getQualifiedName()
          .contentEquals(name)) {
        return Optional.of(mirror);
      }
    }
    return Optional.empty();
  }

  /** The annotation's {@code value}. */
  public static Optional<AnnotationValue> value(AnnotationMirror mirror) {
    return mirror.getElementValues().entrySet().stream()
        .filter(e -> e.getKey().getSimpleName().contentEquals("value"))
        .<AnnotationValue>map(e -> e.getValue())
        .findFirst();
  }

  public static boolean is(TypeMirror type, String qualifiedName) {
    return type instanceof DeclaredType declared
        && type.getKind() == TypeKind.DECLARED
        && ((TypeElement) declared.asElement()).getQualifiedName().contentEquals(qualifiedName);
  }

  /** The type as one would write it with imports: {@code List<Tensor>}. */
  static String simple(TypeMirror type) {
    return PACKAGE.matcher(type.toString()).replaceAll("");
  }
}
