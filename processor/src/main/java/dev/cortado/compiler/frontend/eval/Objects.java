package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Creates objects: constructors, field initialisers and initializer blocks in Java's order. */
final class Objects {
  private final Interpreter in;

  Objects(Interpreter in) {
    this.in = in;
  }

  Val eval(TreePath path, NewClassTree tree, Frame frame) {
    in.at(path, frame);
    ClassTree body = tree.getClassBody();
    if (body != null) {
      in.declarations.register(new TreePath(path, body));
    }
    if (!(in.element(path) instanceof ExecutableElement constructor)
        || !(constructor.getEnclosingElement() instanceof TypeElement type)) {
      throw Failures.unsupported(path, frame, "'" + in.source.of(path) + "'", "create an object");
    }
    Val outer =
        tree.getEnclosingExpression() == null
            ? null
            : in.eval(path, tree.getEnclosingExpression(), frame);
    List<Val> arguments = in.calls.arguments(path, constructor, tree.getArguments(), frame);
    return create(
        constructor,
        type,
        arguments,
        outer,
        in.calls.texts(path, tree.getArguments()),
        path,
        frame);
  }

  /** {@code new} with evaluated arguments. */
  Val create(
      ExecutableElement constructor,
      TypeElement type,
      List<Val> arguments,
      @Nullable Val outer,
      List<String> texts,
      TreePath path,
      Frame frame) {
    Invocation call =
        new Invocation(constructor, null, arguments, texts, false, type.asType(), path, frame);
    in.expressions.allocate(1, path, frame);
    if (isThrowable(type)) {
      return thrown(call, type);
    }
    if (in.declarations.of(type) == null) {
      return in.platform.create(call, type);
    }
    boolean local =
        type.getNestingKind() == NestingKind.LOCAL
            || type.getNestingKind() == NestingKind.ANONYMOUS;
    Map<Element, Val> captured = local ? new HashMap<>(frame.locals) : Map.of();
    Instance object =
        new Instance(
            type, outer != null ? outer : around(type, local, path, frame), captured, null);
    construct(object, type, call);
    return object;
  }

  private boolean isThrowable(TypeElement type) {
    TypeElement throwable = in.analysis.elements().getTypeElement("java.lang.Throwable");
    return in.declarations.inherits(type, throwable);
  }

  /** The message is the first text among the arguments, as in every exception of the platform. */
  private static Val thrown(Invocation call, TypeElement type) {
    for (Val argument : call.arguments()) {
      if (argument instanceof Val.Constant(String message)) {
        return new Val.Thrown(type, message);
      }
    }
    return new Val.Thrown(type, type.getSimpleName().toString());
  }

  private @Nullable Val around(TypeElement type, boolean local, TreePath path, Frame frame) {
    if (local) {
      return frame.self;
    }
    boolean inner =
        type.getNestingKind() == NestingKind.MEMBER
            && !type.getModifiers().contains(Modifier.STATIC)
            && type.getKind() == ElementKind.CLASS;
    return inner ? in.variables.enclosing(Declarations.classOf(type), path, frame) : null;
  }

  /** Runs a constructor of {@code type}, which is the object's class or one it inherits from. */
  void construct(Instance object, TypeElement type, Invocation call) {
    Frame frame = in.calls.enter(call, object);
    TreePath declaration = in.declarations.member(call.method());
    if (declaration == null || !(declaration.getLeaf() instanceof MethodTree tree)) {
      implicitSuper(object, type, call);
      initialize(object, type, frame);
      storeComponents(object, type, call.method(), call.arguments());
      return;
    }
    List<Element> parameters = in.calls.bindParameters(call, declaration, tree, frame);
    if (!callsConstructor(tree.getBody().getStatements())) {
      implicitSuper(object, type, call);
      initialize(object, type, frame);
    }
    in.run(declaration, tree.getBody(), frame);
    List<Val> values = parameters.stream().map(frame.locals::get).toList();
    storeComponents(object, type, call.method(), values);
  }

  /** {@code this(...)} or {@code super(...)} inside a constructor. */
  void chain(TreePath path, MethodInvocationTree tree, ExecutableElement constructor, Frame frame) {
    if (!(frame.self instanceof Instance object)) {
      throw Failures.unsupported(path, frame, "this constructor call", "call it in a constructor");
    }
    TypeElement type = Declarations.classOf(constructor);
    if (in.declarations.of(type) == null) {
      requireNothingToInherit(type, path, frame);
    } else {
      construct(
          object,
          type,
          new Invocation(
              constructor,
              null,
              in.calls.arguments(path, constructor, tree.getArguments(), frame),
              in.calls.texts(path, tree.getArguments()),
              false,
              type.asType(),
              path,
              frame));
    }
    if (isSuper(tree) && frame.owner != null) {
      initialize(object, Declarations.classOf(frame.owner), frame);
    }
  }

  private static boolean isSuper(MethodInvocationTree tree) {
    return switch (tree.getMethodSelect()) {
      case IdentifierTree i -> i.getName().contentEquals("super");
      case MemberSelectTree m -> m.getIdentifier().contentEquals("super");
      default -> false;
    };
  }

  private static boolean callsConstructor(List<? extends StatementTree> body) {
    return body.stream()
        .anyMatch(
            s ->
                s instanceof ExpressionStatementTree e
                    && e.getExpression() instanceof MethodInvocationTree m
                    && (isSuper(m)
                        || (m.getMethodSelect() instanceof IdentifierTree i
                            && i.getName().contentEquals("this"))));
  }

  private void implicitSuper(Instance object, TypeElement type, Invocation call) {
    TypeElement parent = in.declarations.superclass(type);
    if (parent == null) {
      return;
    }
    if (in.declarations.of(parent) == null) {
      requireNothingToInherit(parent, call.site(), call.frame());
      return;
    }
    for (ExecutableElement c : ElementFilter.constructorsIn(parent.getEnclosedElements())) {
      if (c.getParameters().isEmpty()) {
        construct(
            object,
            parent,
            new Invocation(c, null, List.of(), List.of(), false, null, call.site(), call.frame()));
      }
    }
  }

  private static void requireNothingToInherit(TypeElement parent, TreePath path, Frame frame) {
    switch (parent.getQualifiedName().toString()) {
      case "java.lang.Object", "java.lang.Record", "java.lang.Enum" -> {}
      default ->
          throw Failures.unsupported(
              path,
              frame,
              "a class that extends " + parent.getQualifiedName(),
              "its source is not part of this compilation");
    }
  }

  /** Field initialisers and initializer blocks in the order they are written. */
  private void initialize(Instance object, TypeElement type, Frame constructor) {
    for (TreePath member : in.declarations.bodyOf(type)) {
      Frame frame =
          new Frame(constructor.caller, constructor.site, object, null, constructor.layer);
      if (member.getLeaf() instanceof BlockTree block && !block.isStatic()) {
        in.run(member.getParentPath(), block, frame);
      } else if (member.getLeaf() instanceof VariableTree v
          && in.element(member) instanceof VariableElement field
          && !field.getModifiers().contains(Modifier.STATIC)) {
        initialize(object, field, member, v.getInitializer(), frame);
      }
    }
  }

  private void initialize(
      Instance object,
      VariableElement field,
      TreePath member,
      @Nullable ExpressionTree initializer,
      Frame frame) {
    if (initializer != null) {
      TreePath at = new TreePath(member, initializer);
      store(object, field, in.variables.initializer(at, field.asType(), frame), at, frame);
    }
  }

  /** What a record's canonical constructor stores when its body does not. */
  private static void storeComponents(
      Instance object, TypeElement type, ExecutableElement constructor, List<Val> values) {
    if (type.getKind() != ElementKind.RECORD) {
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      VariableElement field = field(type, constructor.getParameters().get(i));
      if (field != null && object.field(field) == null) {
        object.store(field, values.get(i));
      }
    }
  }

  static @Nullable VariableElement field(TypeElement type, Element named) {
    for (VariableElement f : ElementFilter.fieldsIn(type.getEnclosedElements())) {
      if (f.getSimpleName().equals(named.getSimpleName())
          && !f.getModifiers().contains(Modifier.STATIC)) {
        return f;
      }
    }
    return null;
  }

  void store(Instance object, VariableElement field, Val value, TreePath path, Frame frame) {
    in.shapes.field(field, value, object, path, frame);
    if (!(value instanceof Val.Constant) && !(value instanceof TensorVal)) {
      in.names.changed();
    }
    object.store(field, in.parameters.stored(object, field, value, path, frame));
  }
}
