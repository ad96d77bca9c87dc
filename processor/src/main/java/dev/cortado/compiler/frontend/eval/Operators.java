package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Formula;

/** Operators: on constants as Java defines them, on sizes and elements symbolically. */
final class Operators {
  private final Interpreter in;

  Operators(Interpreter in) {
    this.in = in;
  }

  Val binary(TreePath path, BinaryTree tree, Frame frame) {
    return switch (tree.getKind()) {
      case CONDITIONAL_AND, CONDITIONAL_OR -> shortCircuit(path, tree, frame);
      default -> {
        Val left = in.eval(path, tree.getLeftOperand(), frame);
        Val right = in.eval(path, tree.getRightOperand(), frame);
        yield apply(tree.getKind(), left, right, path, frame);
      }
    };
  }

  private Val shortCircuit(TreePath path, BinaryTree tree, Frame frame) {
    boolean and = tree.getKind() == Tree.Kind.CONDITIONAL_AND;
    TreePath leftPath = new TreePath(path, tree.getLeftOperand());
    TreePath rightPath = new TreePath(path, tree.getRightOperand());
    Val left = in.eval(leftPath, frame);
    if (left instanceof Val.Constant(Boolean known)) {
      return known == and ? in.eval(rightPath, frame) : left;
    }
    Expr.Cond a = condition(left, leftPath, frame);
    frame.conditions++;
    Expr.Cond b = condition(in.eval(rightPath, frame), rightPath, frame);
    frame.conditions--;
    return Val.of(and ? Formula.and(a, b) : Formula.or(a, b));
  }

  private Expr.Cond condition(Val value, TreePath path, Frame frame) {
    Expr.Cond cond = Scalars.cond(value);
    if (cond == null) {
      throw Failures.nullUsed(path, frame, in.source.of(path));
    }
    return cond;
  }

  Val apply(Tree.Kind op, Val a, Val b, TreePath path, Frame frame) {
    if (a instanceof Val.Constant(Object x) && b instanceof Val.Constant(Object y)) {
      return constants(op, x, y, path, frame);
    }
    if (op == Tree.Kind.PLUS && (isText(a) || isText(b))) {
      return Val.of((Object) limited(text(a, path, frame) + text(b, path, frame), path, frame));
    }
    Val result = null;
    if (a instanceof Val.Symbolic || b instanceof Val.Symbolic) {
      result = in.symbolics.binary(op, a, b);
    }
    if (result == null) {
      result = Scalars.binary(op, a, b);
    }
    if (result != null) {
      return result;
    }
    if (op == Tree.Kind.EQUAL_TO || op == Tree.Kind.NOT_EQUAL_TO) {
      return Val.of(same(a, b) == (op == Tree.Kind.EQUAL_TO));
    }
    if (a instanceof Val.Null || b instanceof Val.Null) {
      throw Failures.nullUsed(path, frame, "an operand of '" + in.source.of(path) + "'");
    }
    throw Failures.unsupported(
        path,
        frame,
        "'" + in.source.of(path) + "' on values known only at run time",
        "use + - * / % and comparisons on them");
  }

  private Val constants(Tree.Kind op, Object x, Object y, TreePath path, Frame frame) {
    try {
      Object result = Arithmetic.binary(op, x, y);
      return Val.of(result instanceof String s ? limited(s, path, frame) : result);
    } catch (ArithmeticException e) {
      throw Failures.thrown(path, frame, "'" + in.source.of(path) + "' divides " + x + " by zero");
    }
  }

  private static String limited(String text, TreePath path, Frame frame) {
    if (text.length() > Budget.TEXT) {
      throw Failures.at(
          path,
          frame,
          "budget",
          "a text grows beyond "
              + Budget.TEXT
              + " characters at compile time; is there a loop that"
              + " does not end?");
    }
    return text;
  }

  private static boolean isText(Val value) {
    return value instanceof Val.Constant(String s);
  }

  /**
   * What string concatenation makes of a value. A size known only at run time shows its formula.
   */
  String text(Val value, TreePath path, Frame frame) {
    return switch (value) {
      case Val.Constant(Object box) -> String.valueOf(box);
      case Val.Null n -> "null";
      case Val.Symbolic(var poly, boolean wide) -> poly.toString();
      case Instance object -> in.objectMethods.text(object, path, frame);
      case Val.Items list ->
          list.elements.stream().map(v -> text(v, path, frame)).toList().toString();
      default -> throw Failures.dataDependent(path, frame, "the text of a tensor");
    };
  }

  /** Java's {@code ==} on references. */
  @SuppressWarnings("ReferenceEquality")
  static boolean same(Val a, Val b) {
    if (a instanceof TensorVal x && b instanceof TensorVal y) {
      return x == y || x.value().equals(y.value());
    }
    return a instanceof Val.Null ? b instanceof Val.Null : a == b;
  }

  Val unary(TreePath path, UnaryTree tree, Frame frame) {
    Val value = in.eval(path, tree.getExpression(), frame);
    Val result =
        switch (value) {
          case Val.Constant(Object box) -> Val.of(Arithmetic.unary(tree.getKind(), box));
          case Val.Symbolic s -> Symbolics.unary(tree.getKind(), s);
          default -> Scalars.unary(tree.getKind(), value);
        };
    if (result == null) {
      throw Failures.unsupported(
          path, frame, "'" + in.source.of(path) + "'", "use + - * / % and comparisons");
    }
    return result;
  }
}
