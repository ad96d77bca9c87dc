package dev.cortado.compiler.frontend.eval;

import com.sun.source.util.TreePath;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * A lambda or a method reference with what it captured.
 *
 * @param type the functional interface
 * @param path the expression
 * @param locals the local variables as they were when it was evaluated
 * @param self {@code this} around it
 * @param receiver what a method reference {@code object::method} was evaluated to
 */
record Function(
    TypeMirror type,
    TreePath path,
    Map<Element, Val> locals,
    @Nullable Val self,
    @Nullable Val receiver)
    implements Val {}
