package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import java.util.List;
import javax.lang.model.element.TypeElement;

/** The generated class hides no class that the user wrote. */
final class NetworkNameIsFree implements ModelRule {
  @Override
  public List<Problem> check(ModelClass model) {
    String pkg = model.packageName();
    String name = pkg.isEmpty() ? model.networkName() : pkg + "." + model.networkName();
    TypeElement taken = model.elements().getTypeElement(name);
    return taken == null || isGenerated(taken, model)
        ? List.of()
        : List.of(
            Problem.error(
                Message.MODEL_NAME_CLASH, model.type(), model.name(), model.networkName()));
  }

  /** A class file that an earlier compilation of the model left in the class output is no clash. */
  private static boolean isGenerated(TypeElement taken, ModelClass model) {
    TypeElement network = model.elements().getTypeElement(Vocabulary.NETWORK);
    return network != null && model.types().isSubtype(taken.asType(), network.asType());
  }
}
