package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Reads and assigns local variables, fields and array elements. */
final class Variables {
  /** What stands on the left of an assignment, its parts evaluated once. */
  private sealed interface Place {
    TypeMirror type();
  }

  private record Local(Element variable, TypeMirror type) implements Place {}

  private record Field(Val object, VariableElement field, TypeMirror type) implements Place {}

  private record StaticField(VariableElement field, TypeMirror type) implements Place {}

  private record ArrayElement(Val.Array array, int index, TypeMirror type) implements Place {}

  private final Interpreter in;

  Variables(Interpreter in) {
    this.in = in;
  }

  /** The value of a name, a selected field or an array element. */
  Val read(TreePath path, Frame frame) {
    return switch (path.getLeaf()) {
      case IdentifierTree t when t.getName().contentEquals("this") -> self(path, frame);
      case MemberSelectTree t when t.getIdentifier().contentEquals("this") ->
          enclosing((TypeElement) in.element(new TreePath(path, t.getExpression())), path, frame);
      case MemberSelectTree t when t.getIdentifier().contentEquals("class") ->
          throw Failures.unsupported(
              path, frame, "'" + in.source.of(path) + "'", "reflection is not evaluated");
      case MemberSelectTree t when isArrayLength(path, t) -> length(path, t, frame);
      default -> get(place(path, frame), path, frame);
    };
  }

  private boolean isArrayLength(TreePath path, MemberSelectTree tree) {
    TypeMirror type = in.type(new TreePath(path, tree.getExpression()));
    return tree.getIdentifier().contentEquals("length")
        && type != null
        && type.getKind() == javax.lang.model.type.TypeKind.ARRAY;
  }

  private Val length(TreePath path, MemberSelectTree tree, Frame frame) {
    Val array = in.eval(path, tree.getExpression(), frame);
    if (array instanceof Val.Array a) {
      return Val.of((Object) a.elements.length);
    }
    throw Failures.nullUsed(path, frame, in.source.of(new TreePath(path, tree.getExpression())));
  }

  Val assign(TreePath path, AssignmentTree tree, Frame frame) {
    Place place = place(new TreePath(path, tree.getVariable()), frame);
    Val value = initializer(new TreePath(path, tree.getExpression()), place.type(), frame);
    set(place, value, path, frame);
    return value;
  }

  /** The value a variable of that type gets from an expression. */
  Val initializer(TreePath path, TypeMirror type, Frame frame) {
    if (path.getLeaf() instanceof NewArrayTree array && array.getType() == null) {
      return in.expressions.newArray(path, array, type, frame);
    }
    return in.conversions.to(in.eval(path, frame), type, path, frame);
  }

  Val compound(TreePath path, CompoundAssignmentTree tree, Frame frame) {
    Place place = place(new TreePath(path, tree.getVariable()), frame);
    Val old = get(place, path, frame);
    Val operand = in.eval(path, tree.getExpression(), frame);
    Val result = in.operators.apply(Arithmetic.simple(tree.getKind()), old, operand, path, frame);
    Val converted = in.conversions.to(result, place.type(), path, frame);
    set(place, converted, path, frame);
    return converted;
  }

  Val increment(TreePath path, UnaryTree tree, Frame frame) {
    Place place = place(new TreePath(path, tree.getExpression()), frame);
    Val old = get(place, path, frame);
    Val next =
        in.operators.apply(Arithmetic.simple(tree.getKind()), old, Val.of((Object) 1), path, frame);
    Val converted = in.conversions.to(next, place.type(), path, frame);
    set(place, converted, path, frame);
    boolean postfix =
        tree.getKind() == Tree.Kind.POSTFIX_INCREMENT
            || tree.getKind() == Tree.Kind.POSTFIX_DECREMENT;
    return postfix ? old : converted;
  }

  private Place place(TreePath path, Frame frame) {
    return switch (path.getLeaf()) {
      case ParenthesizedTree t -> place(new TreePath(path, t.getExpression()), frame);
      case ArrayAccessTree t -> arrayElement(path, t, frame);
      default -> named(path, frame);
    };
  }

  private Place named(TreePath path, Frame frame) {
    Element element = in.element(path);
    if (!(element instanceof VariableElement variable)) {
      throw Failures.unsupported(
          path, frame, "'" + in.source.of(path) + "'", "expected a variable here");
    }
    return switch (variable.getKind()) {
      case FIELD, ENUM_CONSTANT ->
          variable.getModifiers().contains(Modifier.STATIC)
              ? new StaticField(variable, variable.asType())
              : new Field(owner(path, variable, frame), variable, variable.asType());
      default -> new Local(variable, variable.asType());
    };
  }

  /** The object whose field is meant: what stands before the dot, or an enclosing object. */
  private Val owner(TreePath path, VariableElement field, Frame frame) {
    if (path.getLeaf() instanceof MemberSelectTree t && !isSuper(t.getExpression())) {
      return in.eval(path, t.getExpression(), frame);
    }
    return enclosing(Declarations.classOf(field), path, frame);
  }

  private static boolean isSuper(ExpressionTree tree) {
    return tree instanceof IdentifierTree i && i.getName().contentEquals("super");
  }

  private Place arrayElement(TreePath path, ArrayAccessTree tree, Frame frame) {
    Val array = in.eval(path, tree.getExpression(), frame);
    int index = in.expressions.integer(new TreePath(path, tree.getIndex()), frame);
    if (!(array instanceof Val.Array a)) {
      throw Failures.nullUsed(path, frame, in.source.of(new TreePath(path, tree.getExpression())));
    }
    if (index < 0 || index >= a.elements.length) {
      throw Failures.thrown(
          path,
          frame,
          "index "
              + index
              + " is out of bounds: '"
              + in.source.of(new TreePath(path, tree.getExpression()))
              + "' has "
              + a.elements.length
              + " elements");
    }
    return new ArrayElement(a, index, a.component);
  }

  private Val get(Place place, TreePath path, Frame frame) {
    return switch (place) {
      case Local(Element variable, TypeMirror type) -> local(variable, path, frame);
      case StaticField(VariableElement field, TypeMirror type) ->
          in.statics.read(field, path, frame);
      case ArrayElement(Val.Array array, int index, TypeMirror type) -> array.elements[index];
      case Field(Val object, VariableElement field, TypeMirror type) ->
          field(object, field, path, frame);
    };
  }

  Val field(Val object, VariableElement field, TreePath path, Frame frame) {
    if (object instanceof Instance instance) {
      Val value = instance.field(field);
      return value != null ? value : Conversions.initial(field.asType());
    }
    if (object instanceof Val.Null) {
      throw Failures.nullUsed(path, frame, "the object of '" + in.source.of(path) + "'");
    }
    throw Failures.unsupported(path, frame, "'" + in.source.of(path) + "'", "use its methods");
  }

  private Val local(Element variable, TreePath path, Frame frame) {
    Val value = frame.locals.get(variable);
    if (value == null && frame.self instanceof Instance object) {
      value = captured(object, variable);
    }
    if (value == null && variable instanceof VariableElement v && v.getConstantValue() != null) {
      value = Val.of(v.getConstantValue());
    }
    if (value == null) {
      throw Failures.unsupported(
          path,
          frame,
          "'" + in.source.of(path) + "', which has no value on this way here,",
          "give it one before the 'if'");
    }
    return value;
  }

  /** Local variables that an object of a local class, or one around it, was created among. */
  private static @Nullable Val captured(Instance object, Element variable) {
    for (Val o = object; o instanceof Instance i; o = i.outer()) {
      Val value = i.captured().get(variable);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private void set(Place place, Val value, TreePath path, Frame frame) {
    if (place instanceof Local(Element variable, TypeMirror type)) {
      frame.locals.put(variable, value);
      in.shapes.local(variable, value, path, frame);
      return;
    }
    switch (place) {
      case Field(Instance object, VariableElement field, TypeMirror type) -> {
        if (!isMadeWhenNeeded(object, field, value)) {
          requireOwn(object, path, frame);
        }
        in.objects.store(object, field, value, path, frame);
      }
      case ArrayElement(Val.Array array, int index, TypeMirror type) -> {
        requireOwn(array, path, frame);
        array.elements[index] = value;
        in.names.changed();
      }
      case StaticField(VariableElement field, TypeMirror type) ->
          in.statics.assign(field, value, path, frame);
      default -> throw Failures.nullUsed(path, frame, "the object");
    }
  }

  /**
   * Layers that learn their sizes when they are first applied: {@code if (weight == null)}. What
   * they make and note then is the same whichever step of a scan comes first.
   */
  private boolean isMadeWhenNeeded(Instance object, VariableElement field, Val value) {
    Val before = object.field(field);
    boolean unset = before == null || before instanceof Val.Null;
    if (in.elementwise > 0 || !in.level.isOutside(object)) {
      return false;
    }
    return value instanceof Val.Constant
        ? Annotations.isLayer(object.type()) && lacksAParameter(object)
        : unset
            && (Annotations.isParam(field)
                || (value instanceof Instance made && Annotations.isLayer(made.type())));
  }

  private boolean lacksAParameter(Instance object) {
    return in.fields.of(object.type()).stream()
        .filter(Annotations::isParam)
        .map(object::field)
        .anyMatch(value -> value == null || value instanceof Val.Null);
  }

  /** What one element, or one step of a scan, does must not be seen by the others. */
  void requireOwn(Val object, TreePath path, Frame frame) {
    if (in.elementwise > 0) {
      throw Failures.at(
          path,
          frame,
          "mutation",
          "'"
              + in.source.of(path)
              + "' changes an object inside a function of elements, which runs once for each"
              + " element; return the value instead");
    }
    if (in.level.isOutside(object)) {
      throw Failures.at(
          path,
          frame,
          "mutation",
          "'"
              + in.source.of(path)
              + "' changes what was made outside of the scan, but its step runs once for each"
              + " element of the sequence; make it part of the state, a record of tensors");
    }
  }

  Val self(TreePath path, Frame frame) {
    if (frame.self == null) {
      throw Failures.nullUsed(path, frame, "'this'");
    }
    return frame.self;
  }

  /** {@code this}, or the nearest object around it that is of that class. */
  Val enclosing(TypeElement type, TreePath path, Frame frame) {
    for (Val o = frame.self; o != null; o = o instanceof Instance i ? i.outer() : null) {
      if (!(o instanceof Instance i) || in.declarations.inherits(i.type(), type)) {
        return o;
      }
    }
    throw Failures.nullUsed(path, frame, "the object of '" + in.source.of(path) + "'");
  }
}
