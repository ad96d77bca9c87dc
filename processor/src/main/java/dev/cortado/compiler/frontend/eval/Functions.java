package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import dev.cortado.compiler.frontend.StagingError;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Lambdas and method references: made with what they capture, and called. */
final class Functions {
  private final Interpreter in;

  Functions(Interpreter in) {
    this.in = in;
  }

  Val lambda(TreePath path, Frame frame) {
    return new Function(type(path), path, new HashMap<>(frame.locals), frame.self, null);
  }

  Val reference(TreePath path, MemberReferenceTree tree, Frame frame) {
    TreePath qualifier = new TreePath(path, tree.getQualifierExpression());
    Element named = in.analysis.trees().getElement(qualifier);
    boolean isType = named == null || named.getKind().isClass() || named.getKind().isInterface();
    Val receiver = null;
    if (!isType) {
      receiver =
          qualifier.getLeaf().toString().equals("super") ? frame.self : in.eval(qualifier, frame);
      if (receiver instanceof Val.Null) {
        throw Failures.nullUsed(qualifier, frame, in.source.of(qualifier));
      }
    } else if (named == null
        && !(in.type(qualifier) instanceof ArrayType)
        && !(in.type(qualifier) instanceof DeclaredType)) {
      throw StagingError.javac(path);
    } else if (named == null && tree.getMode() == MemberReferenceTree.ReferenceMode.INVOKE) {
      receiver = in.eval(qualifier, frame);
    }
    return new Function(type(path), path, new HashMap<>(frame.locals), frame.self, receiver);
  }

  private TypeMirror type(TreePath path) {
    TypeMirror type = in.type(path);
    if (type == null) {
      throw StagingError.javac(path);
    }
    return type;
  }

  /** A method of a functional interface, called on a lambda or a method reference. */
  Val call(Invocation call, Function function) {
    if (call.method().getModifiers().contains(Modifier.ABSTRACT)) {
      return apply(function, call.arguments(), call.site(), call.frame());
    }
    if (in.declarations.member(call.method()) != null) {
      return in.calls.run(call);
    }
    throw Failures.unsupported(
        call.site(), call.frame(), "'" + call.name() + "'", "write a lambda that calls both");
  }

  /** Calls anything that implements a functional interface. */
  Val apply(Val function, List<Val> arguments, TreePath site, Frame frame) {
    return switch (function) {
      case Function f -> {
        Val result =
            f.path().getLeaf() instanceof LambdaExpressionTree lambda
                ? runLambda(f, lambda, arguments, site, frame)
                : runReference(f, (MemberReferenceTree) f.path().getLeaf(), arguments, site, frame);
        yield in.conversions.to(result, resultType(f), site, frame);
      }
      case Instance object -> onObject(object, arguments, site, frame);
      default -> throw Failures.nullUsed(site, frame, "the function");
    };
  }

  private Val onObject(Instance object, List<Val> arguments, TreePath site, Frame frame) {
    for (TypeMirror i : in.declarations.interfaces(object.type())) {
      ExecutableElement method = in.declarations.functional(i);
      if (method != null && method.getParameters().size() == arguments.size()) {
        List<Val> bound = in.calls.bind(method, arguments, false, site, frame);
        return in.calls.invoke(
            new Invocation(method, object, bound, List.of(), true, null, site, frame));
      }
    }
    throw Failures.unsupported(
        site, frame, "a " + object.type().getSimpleName() + " here", "give a lambda");
  }

  /** What the interface's method returns, with type arguments filled in. */
  private @Nullable TypeMirror resultType(Function function) {
    ExecutableElement method = in.declarations.functional(function.type());
    return method != null
            && function.type() instanceof DeclaredType type
            && in.analysis.types().asMemberOf(type, method) instanceof ExecutableType resolved
        ? resolved.getReturnType()
        : null;
  }

  private Val runLambda(
      Function function,
      LambdaExpressionTree tree,
      List<Val> arguments,
      TreePath site,
      Frame frame) {
    Frame inner = enter(function, site, frame);
    inner.locals = new HashMap<>(function.locals());
    for (int i = 0; i < arguments.size(); i++) {
      VariableTree parameter = tree.getParameters().get(i);
      TreePath at = new TreePath(function.path(), parameter);
      Element variable = in.element(at);
      inner.locals.put(variable, in.conversions.to(arguments.get(i), variable.asType(), at, inner));
    }
    TreePath body = new TreePath(function.path(), tree.getBody());
    if (!(tree.getBody() instanceof StatementTree)) {
      return in.eval(body, inner);
    }
    Completion completion = in.statements.run(body, inner);
    Val last = completion instanceof Completion.Return(Val value) ? value : Val.NOTHING;
    return in.branches.result(last, body, inner);
  }

  private Frame enter(Function function, TreePath site, Frame frame) {
    Frame inner = new Frame(frame, site, function.self(), null, frame.layer);
    if (inner.depth > Budget.DEPTH) {
      throw Failures.at(
          site,
          frame,
          "recursion",
          "this function is called more than "
              + Budget.DEPTH
              + " levels deep at compile time; does it call itself?");
    }
    return inner;
  }

  private Val runReference(
      Function function,
      MemberReferenceTree tree,
      List<Val> arguments,
      TreePath site,
      Frame frame) {
    TreePath path = function.path();
    if (tree.getMode() == MemberReferenceTree.ReferenceMode.NEW) {
      return create(path, tree, arguments, site, frame);
    }
    if (!(in.element(path) instanceof ExecutableElement method)) {
      throw StagingError.javac(path);
    }
    boolean isStatic = method.getModifiers().contains(Modifier.STATIC);
    boolean unbound = !isStatic && function.receiver() == null;
    Val receiver = isStatic ? null : unbound ? arguments.getFirst() : function.receiver();
    List<Val> rest = unbound ? arguments.subList(1, arguments.size()) : arguments;
    boolean isSuper = tree.getQualifierExpression().toString().equals("super");
    return in.calls.invoke(
        new Invocation(
            method,
            receiver,
            in.calls.bind(method, rest, isSpread(method, rest), site, frame),
            List.of(),
            !isSuper,
            method.getReturnType(),
            site,
            frame));
  }

  private static boolean isSpread(ExecutableElement method, List<Val> arguments) {
    return method.isVarArgs()
        && !(arguments.size() == method.getParameters().size()
            && arguments.getLast() instanceof Val.Array);
  }

  private Val create(
      TreePath path, MemberReferenceTree tree, List<Val> arguments, TreePath site, Frame frame) {
    TreePath qualifier = new TreePath(path, tree.getQualifierExpression());
    if (in.type(qualifier) instanceof ArrayType array
        && arguments.getFirst() instanceof Val.Constant(Integer size)) {
      in.expressions.allocate(size, site, frame);
      Val[] elements = new Val[size];
      Arrays.fill(elements, Conversions.initial(array.getComponentType()));
      return new Val.Array(array.getComponentType(), elements);
    }
    if (in.element(path) instanceof ExecutableElement constructor
        && constructor.getKind() == ElementKind.CONSTRUCTOR
        && constructor.getEnclosingElement() instanceof TypeElement type) {
      List<Val> bound =
          in.calls.bind(constructor, arguments, isSpread(constructor, arguments), site, frame);
      return in.objects.create(constructor, type, bound, null, List.of(), site, frame);
    }
    throw Failures.unsupported(site, frame, "'" + in.source.of(path) + "'", "use a lambda");
  }
}
