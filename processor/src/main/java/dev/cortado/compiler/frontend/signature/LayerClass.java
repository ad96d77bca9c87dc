package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.List;
import javax.lang.model.element.Element;

/** What must hold of a class annotated with {@code @Layer}. */
public final class LayerClass {
  private LayerClass() {}

  /** What is wrong with the class, or nothing. */
  public static List<Problem> check(Element layer) {
    String kind =
        switch (layer.getKind()) {
          case INTERFACE -> "an interface";
          case ANNOTATION_TYPE -> "an annotation";
          case ENUM -> "an enum";
          default -> "";
        };
    return kind.isEmpty()
        ? List.of()
        : List.of(Problem.error(Message.LAYER_NOT_A_CLASS, layer, layer.getSimpleName(), kind));
  }
}
