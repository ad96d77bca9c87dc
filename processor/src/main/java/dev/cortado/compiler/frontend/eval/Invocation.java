package dev.cortado.compiler.frontend.eval;

import com.sun.source.util.TreePath;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * A call whose arguments are evaluated.
 *
 * @param method as javac resolved it, before dynamic dispatch
 * @param receiver null for a static method
 * @param arguments one for each parameter; varargs as one array
 * @param texts how the user wrote each argument
 * @param virtual false for {@code super.method()}
 * @param type of the call's result, null when unknown
 * @param site the expression
 * @param frame where the expression stands
 */
record Invocation(
    ExecutableElement method,
    @Nullable Val receiver,
    List<Val> arguments,
    List<String> texts,
    boolean virtual,
    @Nullable TypeMirror type,
    TreePath site,
    Frame frame) {

  String name() {
    return method.getSimpleName().toString();
  }

  /** Qualified name of the class that declares the method. */
  String owner() {
    return Declarations.classOf(method).getQualifiedName().toString();
  }

  Val argument(int i) {
    return arguments.get(i);
  }

  /** How the user wrote argument {@code i}. */
  String text(int i) {
    return i < texts.size() ? texts.get(i) : "argument " + (i + 1);
  }

  Invocation of(ExecutableElement actual) {
    return new Invocation(actual, receiver, arguments, texts, virtual, type, site, frame);
  }
}
