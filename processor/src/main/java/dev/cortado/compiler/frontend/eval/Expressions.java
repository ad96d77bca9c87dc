package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import dev.cortado.compiler.frontend.StagingError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions. */
final class Expressions {
  private final Interpreter in;

  Expressions(Interpreter in) {
    this.in = in;
  }

  Val eval(TreePath path, Frame frame) {
    in.step(path, frame);
    return switch (path.getLeaf()) {
      case LiteralTree t -> t.getValue() == null ? Val.NULL : Val.of(t.getValue());
      case ParenthesizedTree t -> in.eval(path, t.getExpression(), frame);
      case IdentifierTree t -> in.variables.read(path, frame);
      case MemberSelectTree t -> in.variables.read(path, frame);
      case ArrayAccessTree t -> in.variables.read(path, frame);
      case AssignmentTree t -> in.variables.assign(path, t, frame);
      case CompoundAssignmentTree t -> in.variables.compound(path, t, frame);
      case UnaryTree t -> unary(path, t, frame);
      case BinaryTree t -> in.operators.binary(path, t, frame);
      case ConditionalExpressionTree t -> conditional(path, t, frame);
      case MethodInvocationTree t -> in.calls.eval(path, t, frame);
      case NewClassTree t -> in.objects.eval(path, t, frame);
      case NewArrayTree t -> newArray(path, t, in.type(path), frame);
      case TypeCastTree t ->
          in.conversions.cast(
              in.eval(path, t.getExpression(), frame), in.typeOf(path, t.getType()), path, frame);
      case InstanceOfTree t -> instanceOf(path, t, frame);
      case LambdaExpressionTree t -> in.functions.lambda(path, frame);
      case MemberReferenceTree t -> in.functions.reference(path, t, frame);
      case SwitchExpressionTree t -> in.switches.eval(path, t, frame);
      case ErroneousTree t -> throw StagingError.javac(path);
      default ->
          throw Failures.unsupported(
              path,
              frame,
              "'" + in.source.of(path) + "'",
              "move it out of the methods that the model runs");
    };
  }

  private Val unary(TreePath path, UnaryTree tree, Frame frame) {
    return switch (tree.getKind()) {
      case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT ->
          in.variables.increment(path, tree, frame);
      default -> in.operators.unary(path, tree, frame);
    };
  }

  private Val conditional(TreePath path, ConditionalExpressionTree tree, Frame frame) {
    TreePath condition = new TreePath(path, tree.getCondition());
    TypeMirror type = in.type(path);
    return switch (in.eval(condition, frame)) {
      case Val.Constant(Boolean yes) ->
          in.conversions.to(
              in.eval(path, yes ? tree.getTrueExpression() : tree.getFalseExpression(), frame),
              type,
              path,
              frame);
      case Val.Test(var test) -> {
        in.branches.require(condition, test, frame);
        frame.conditions++;
        Val then = in.eval(path, tree.getTrueExpression(), frame);
        Val otherwise = in.eval(path, tree.getFalseExpression(), frame);
        frame.conditions--;
        yield in.branches.select(test, then, otherwise, path, frame);
      }
      default -> throw Failures.nullUsed(condition, frame, in.source.of(condition));
    };
  }

  private Val instanceOf(TreePath path, InstanceOfTree tree, Frame frame) {
    Val value = in.eval(path, tree.getExpression(), frame);
    Tree pattern = tree.getPattern();
    if (pattern != null) {
      return Val.of(in.patterns.matches(new TreePath(path, pattern), value, frame));
    }
    return Val.of(in.conversions.isInstance(value, in.typeOf(path, tree.getType())));
  }

  /** {@code new int[2][3]}, {@code new int[] {1, 2}}, or the {@code {1, 2}} of a declaration. */
  Val newArray(TreePath path, NewArrayTree tree, @Nullable TypeMirror type, Frame frame) {
    if (!(type instanceof ArrayType array)) {
      throw StagingError.javac(path);
    }
    if (tree.getInitializers() != null) {
      List<Val> elements = new ArrayList<>();
      for (ExpressionTree e : tree.getInitializers()) {
        elements.add(element(new TreePath(path, e), array.getComponentType(), frame));
      }
      allocate(elements.size(), path, frame);
      return new Val.Array(array.getComponentType(), elements.toArray(new Val[0]));
    }
    List<Integer> sizes = new ArrayList<>();
    for (ExpressionTree e : tree.getDimensions()) {
      sizes.add(integer(new TreePath(path, e), frame));
    }
    return filled(array, sizes, path, frame);
  }

  private Val element(TreePath path, TypeMirror component, Frame frame) {
    if (path.getLeaf() instanceof NewArrayTree nested && nested.getType() == null) {
      return newArray(path, nested, component, frame);
    }
    return in.conversions.to(eval(path, frame), component, path, frame);
  }

  private Val filled(ArrayType type, List<Integer> sizes, TreePath path, Frame frame) {
    int size = sizes.getFirst();
    if (size < 0) {
      throw Failures.thrown(path, frame, "an array cannot have " + size + " elements");
    }
    allocate(size, path, frame);
    Val[] elements = new Val[size];
    if (sizes.size() > 1 && type.getComponentType() instanceof ArrayType inner) {
      for (int i = 0; i < size; i++) {
        elements[i] = filled(inner, sizes.subList(1, sizes.size()), path, frame);
      }
    } else {
      Arrays.fill(elements, Conversions.initial(type.getComponentType()));
    }
    return new Val.Array(type.getComponentType(), elements);
  }

  void allocate(long count, TreePath path, Frame frame) {
    if (!in.budget.allocate(count)) {
      throw Failures.at(
          path,
          frame,
          "budget",
          "this model keeps more than "
              + Budget.ELEMENTS
              + " values at compile time; data belong in tensors, which @Param or the inputs hold");
    }
  }

  /** An {@code int} that must be known now. */
  int integer(TreePath path, Frame frame) {
    return switch (in.eval(path, frame)) {
      case Val.Constant(Number n) -> n.intValue();
      case Val.Constant(Character c) -> c;
      case Val.Symbolic(var poly, boolean wide) ->
          throw Failures.runTimeSize(path, frame, in.source.of(path), poly);
      case Val.Scalar s -> throw Failures.dataDependent(path, frame, in.source.of(path));
      default -> throw Failures.nullUsed(path, frame, in.source.of(path));
    };
  }
}
