package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.op.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;

/** Functions given to {@code map}: evaluated once, on symbols for their arguments. */
final class MapFunctions {
  private static final Set<String> GENERIC_NAMES =
      Set.of("apply", "forward", "of", "applyAsDouble");

  private final Interpreter in;
  private final Invocation call;

  MapFunctions(Interpreter in, Invocation call) {
    this.in = in;
    this.call = call;
  }

  /** Numbers in, a number out. */
  static boolean isScalar(ExecutableElement function) {
    return isNumber(function.getReturnType().getKind())
        && function.getParameters().stream().allMatch(p -> isNumber(p.asType().getKind()));
  }

  private static boolean isNumber(TypeKind kind) {
    return kind == TypeKind.FLOAT || kind == TypeKind.DOUBLE;
  }

  Argument staged(int i, ExecutableElement function) {
    int arity = function.getParameters().size();
    List<Val> elements = new ArrayList<>();
    for (int k = 0; k < arity; k++) {
      elements.add(new Val.Scalar(Formula.arg(k)));
    }
    in.elementwise++;
    Val result = in.functions.apply(call.argument(i), elements, call.site(), call.frame());
    in.elementwise--;
    Expr body = Scalars.expr(result);
    if (body == null) {
      throw Failures.unsupported(
          call.site(), call.frame(), "'" + call.text(i) + "'", "it must return a number");
    }
    return new Argument.Function(body, arity, label(call.argument(i)));
  }

  /** {@code swish} for {@code swish::forward} and {@code Mine::swish}; a lambda has no name. */
  private static String label(Val function) {
    if (function instanceof Function f && f.path().getLeaf() instanceof MemberReferenceTree t) {
      String method = t.getName().toString();
      return GENERIC_NAMES.contains(method)
              && t.getQualifierExpression() instanceof IdentifierTree q
          ? q.getName().toString()
          : method;
    }
    return "map";
  }
}
