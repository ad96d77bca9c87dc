package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import dev.cortado.compiler.frontend.StagingError;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Calls of methods: inlined where there is source, known to the compiler otherwise. */
final class Calls {
  private final Interpreter in;

  Calls(Interpreter in) {
    this.in = in;
  }

  Val eval(TreePath path, MethodInvocationTree tree, Frame frame) {
    TreePath select = new TreePath(path, tree.getMethodSelect());
    if (!(in.element(select) instanceof ExecutableElement method)) {
      throw Failures.unsupported(path, frame, "'" + in.source.of(path) + "'", "call a method");
    }
    if (method.getKind() == ElementKind.CONSTRUCTOR) {
      in.objects.chain(path, tree, method, frame);
      return Val.NOTHING;
    }
    boolean isStatic = method.getModifiers().contains(Modifier.STATIC);
    Val receiver = isStatic ? null : receiver(select, method, frame);
    Val result =
        invoke(
            new Invocation(
                method,
                receiver,
                arguments(path, method, tree.getArguments(), frame),
                texts(path, tree.getArguments()),
                !isSuperCall(tree),
                in.type(path),
                path,
                frame));
    return in.conversions.to(result, in.type(path), path, frame);
  }

  private Val receiver(TreePath select, ExecutableElement method, Frame frame) {
    if (select.getLeaf() instanceof MemberSelectTree t && !isSuper(t.getExpression())) {
      return in.eval(select, t.getExpression(), frame);
    }
    return in.variables.enclosing(Declarations.classOf(method), select, frame);
  }

  /** How the user wrote the object whose method is called. */
  String receiver(Invocation call) {
    return call.site().getLeaf() instanceof MethodInvocationTree tree
            && tree.getMethodSelect() instanceof MemberSelectTree select
        ? in.source.of(
            new TreePath(new TreePath(call.site(), tree.getMethodSelect()), select.getExpression()))
        : "the object whose '" + call.name() + "' is called";
  }

  private static boolean isSuperCall(MethodInvocationTree tree) {
    return tree.getMethodSelect() instanceof MemberSelectTree t && isSuper(t.getExpression());
  }

  private static boolean isSuper(ExpressionTree tree) {
    return switch (tree) {
      case IdentifierTree i -> i.getName().contentEquals("super");
      case MemberSelectTree m -> m.getIdentifier().contentEquals("super");
      default -> false;
    };
  }

  /** The arguments as the parameters take them: converted, varargs in an array. */
  List<Val> arguments(
      TreePath path, ExecutableElement method, List<? extends ExpressionTree> trees, Frame frame) {
    List<Val> values = new ArrayList<>();
    TypeMirror last = null;
    for (ExpressionTree tree : trees) {
      TreePath argument = new TreePath(path, tree);
      values.add(in.eval(argument, frame));
      last = in.type(argument);
    }
    boolean spread = method.isVarArgs() && !isArray(method, values.size(), last);
    return bind(method, values, spread, path, frame);
  }

  /** Whether the caller gave the array of a varargs parameter itself. */
  private boolean isArray(ExecutableElement method, int count, @Nullable TypeMirror last) {
    List<? extends VariableElement> parameters = method.getParameters();
    return count == parameters.size()
        && last != null
        && in.analysis
            .types()
            .isAssignable(
                in.analysis.types().erasure(last),
                in.analysis.types().erasure(parameters.getLast().asType()));
  }

  List<Val> bind(
      ExecutableElement method, List<Val> values, boolean spread, TreePath path, Frame frame) {
    List<? extends VariableElement> parameters = method.getParameters();
    int single = spread ? parameters.size() - 1 : parameters.size();
    List<Val> bound = new ArrayList<>();
    for (int i = 0; i < single; i++) {
      bound.add(in.conversions.to(values.get(i), parameters.get(i).asType(), path, frame));
    }
    if (spread && parameters.getLast().asType() instanceof ArrayType array) {
      List<Val> rest =
          values.subList(single, values.size()).stream()
              .map(v -> in.conversions.to(v, array.getComponentType(), path, frame))
              .toList();
      bound.add(new Val.Array(array.getComponentType(), rest.toArray(new Val[0])));
    }
    return bound;
  }

  List<String> texts(TreePath path, List<? extends ExpressionTree> trees) {
    boolean own = in.analysis.ofThisCompilation(path.getCompilationUnit());
    return own ? trees.stream().map(t -> in.source.of(new TreePath(path, t))).toList() : List.of();
  }

  Val invoke(Invocation call) {
    in.at(call.site(), call.frame());
    if (in.operations.isVocabulary(call.owner())) {
      return in.operations.call(call);
    }
    return switch (call.receiver()) {
      case null -> known(call);
      case Val.Null n -> throw Failures.nullUsed(call.site(), call.frame(), receiver(call));
      case Instance object -> onObject(call, object);
      case Function f -> in.functions.call(call, f);
      default -> in.platform.onValue(call);
    };
  }

  private Val onObject(Invocation call, Instance object) {
    ExecutableElement actual =
        call.virtual() ? in.declarations.dispatch(object.type(), call.method()) : call.method();
    Invocation dispatched = call.of(actual);
    if (in.declarations.member(actual) != null
        && !actual.getModifiers().contains(Modifier.ABSTRACT)) {
      TreePath declaration = in.declarations.member(actual);
      if (declaration != null
          && declaration.getLeaf() instanceof MethodTree m
          && m.getBody() != null) {
        return in.layers.apply(dispatched, object, () -> run(dispatched));
      }
    }
    return in.objectMethods.call(dispatched, object);
  }

  /** A static method: of the user's or a library's source, or of the platform. */
  private Val known(Invocation call) {
    return in.declarations.member(call.method()) != null ? run(call) : in.platform.onClass(call);
  }

  /** Runs the body of a method that has source. */
  Val run(Invocation call) {
    return run(call, enter(call, call.receiver()));
  }

  Val run(Invocation call, Frame frame) {
    TreePath declaration = in.declarations.member(call.method());
    if (declaration == null
        || !(declaration.getLeaf() instanceof MethodTree tree)
        || tree.getBody() == null) {
      throw noSource(call);
    }
    if (in.analysis.isErroneous(declaration)) {
      throw StagingError.javac(declaration);
    }
    bindParameters(call, declaration, tree, frame);
    Completion completion = in.run(declaration, tree.getBody(), frame);
    Val last = completion instanceof Completion.Return(Val value) ? value : Val.NOTHING;
    Val result = in.branches.result(last, declaration, frame);
    TreePath returned = frame.returned == null ? declaration : frame.returned;
    Val converted = in.conversions.to(result, call.method().getReturnType(), returned, frame);
    in.shapes.result(call.method(), converted, returned, frame);
    return converted;
  }

  /** Gives the parameters their values and returns them. */
  List<Element> bindParameters(
      Invocation call, TreePath declaration, MethodTree tree, Frame frame) {
    List<Element> parameters = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      Element variable = in.element(new TreePath(declaration, tree.getParameters().get(i)));
      VariableElement declared = call.method().getParameters().get(i);
      frame.locals.put(variable, in.shapes.parameter(declared, i, call, frame));
      parameters.add(variable);
    }
    return parameters;
  }

  RuntimeException noSource(Invocation call) {
    return Failures.unsupported(
        call.site(),
        call.frame(),
        "'" + call.name() + "' of " + call.owner(),
        "its source is not part of this compilation; if it is a layer of yours in another module,"
            + " put @Layer on its class, else compute with Ops and Math");
  }

  /** A new frame; too many of them are a recursion that does not end. */
  Frame enter(Invocation call, @Nullable Val self) {
    Frame frame =
        new Frame(
            call.frame(),
            call.frame().isOutside() ? null : call.site(),
            self,
            call.method(),
            self instanceof Instance o && in.layers.isLayer(o.type()) ? o : call.frame().layer);
    if (frame.depth > Budget.DEPTH) {
      throw Failures.at(
          call.site(),
          call.frame(),
          "recursion",
          "'"
              + call.name()
              + "' "
              + (calls(call.method(), call.frame()) ? "calls itself" : "is called")
              + " more than "
              + Budget.DEPTH
              + " levels deep at compile time; use a loop over compile-time values, or"
              + " scan(step, state, xs, dim) for a recurrence");
    }
    return frame;
  }

  private static boolean calls(Element method, Frame frame) {
    for (Frame f = frame; f != null; f = f.caller) {
      if (method.equals(f.owner)) {
        return true;
      }
    }
    return false;
  }
}
