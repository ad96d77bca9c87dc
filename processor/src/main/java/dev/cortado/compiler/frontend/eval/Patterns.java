package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.AnyPatternTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.PatternTree;
import com.sun.source.util.TreePath;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.type.TypeMirror;

/** Type and record patterns of {@code instanceof} and {@code case}. */
final class Patterns {
  private final Interpreter in;

  Patterns(Interpreter in) {
    this.in = in;
  }

  /** Whether the value fits; if so its variables are bound. */
  boolean matches(TreePath path, Val value, Frame frame) {
    return switch (path.getLeaf()) {
      case AnyPatternTree any -> true;
      case BindingPatternTree b -> {
        Element variable = in.element(new TreePath(path, b.getVariable()));
        boolean fits = fits(value, variable.asType());
        if (fits) {
          frame.locals.put(variable, value);
        }
        yield fits;
      }
      case DeconstructionPatternTree d -> deconstruct(path, d, value, frame);
      default ->
          throw Failures.unsupported(path, frame, "this pattern", "use a type or a record pattern");
    };
  }

  private boolean deconstruct(
      TreePath path, DeconstructionPatternTree tree, Val value, Frame frame) {
    TypeMirror type = in.typeOf(path, tree.getDeconstructor());
    if (!(value instanceof Instance object) || !in.conversions.isInstance(object, type)) {
      return false;
    }
    List<? extends RecordComponentElement> components = object.type().getRecordComponents();
    List<? extends PatternTree> nested = tree.getNestedPatterns();
    for (int i = 0; i < nested.size(); i++) {
      Val component = in.objectMethods.component(object, components.get(i), path, frame);
      TreePath at = new TreePath(path, nested.get(i));
      if (!total(at, components.get(i), component) && !matches(at, component, frame)) {
        return false;
      }
      if (total(at, components.get(i), component)) {
        bind(at, component, frame);
      }
    }
    return true;
  }

  /** A nested type pattern of the component's own type fits null too. */
  private boolean total(TreePath path, RecordComponentElement component, Val value) {
    return value instanceof Val.Null
        && path.getLeaf() instanceof BindingPatternTree b
        && in.analysis
            .types()
            .isSubtype(
                in.analysis.types().erasure(component.asType()),
                in.analysis
                    .types()
                    .erasure(in.element(new TreePath(path, b.getVariable())).asType()));
  }

  private void bind(TreePath path, Val value, Frame frame) {
    if (path.getLeaf() instanceof BindingPatternTree b) {
      frame.locals.put(in.element(new TreePath(path, b.getVariable())), value);
    }
  }

  /** Numbers and sizes fit the pattern of their own type; it binds nothing else. */
  private boolean fits(Val value, TypeMirror type) {
    return switch (value) {
      case Val.Symbolic s -> type.getKind().isPrimitive();
      case Val.Scalar s -> type.getKind().isPrimitive();
      case Val.Test t -> type.getKind().isPrimitive();
      case Val.Constant c when type.getKind().isPrimitive() -> true;
      default -> in.conversions.isInstance(value, type);
    };
  }
}
