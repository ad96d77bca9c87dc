package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.AssertTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreePath;
import java.util.List;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Runs statements. */
final class Statements {
  private final Interpreter in;

  Statements(Interpreter in) {
    this.in = in;
  }

  Completion run(TreePath path, Frame frame) {
    in.step(path, frame);
    return switch (path.getLeaf()) {
      case BlockTree t -> block(path, t.getStatements(), frame);
      case VariableTree t -> variable(path, t, frame);
      case ExpressionStatementTree t -> {
        in.eval(path, t.getExpression(), frame);
        yield Completion.NORMAL;
      }
      case ReturnTree t -> returned(path, t, frame);
      case IfTree t -> choice(path, t, frame);
      case ForLoopTree t -> forLoop(path, t, null, frame);
      case EnhancedForLoopTree t -> forEach(path, t, null, frame);
      case WhileLoopTree t -> whileLoop(path, t, null, frame);
      case DoWhileLoopTree t -> doWhile(path, t, null, frame);
      case LabeledStatementTree t -> labeled(path, t, frame);
      case BreakTree t -> new Completion.Break(text(t.getLabel()));
      case ContinueTree t -> new Completion.Continue(text(t.getLabel()));
      case SwitchTree t -> in.switches.run(path, t, frame);
      case YieldTree t -> new Completion.Yield(in.eval(path, t.getValue(), frame));
      case ThrowTree t -> throw thrown(path, t, frame);
      case ClassTree t -> {
        in.declarations.register(path);
        yield Completion.NORMAL;
      }
      case EmptyStatementTree t -> Completion.NORMAL;
      case AssertTree t -> asserted(path, t, frame);
      case TryTree t ->
          throw Failures.unsupported(
              path, frame, "'try'", "check before, and throw an exception that ends compilation");
      case SynchronizedTree t ->
          throw Failures.unsupported(
              path, frame, "'synchronized'", "remove it: a network's programs share nothing");
      default ->
          throw Failures.unsupported(
              path, frame, "this statement", "write it with assignments, 'if' and loops");
    };
  }

  private static @Nullable String text(@Nullable CharSequence label) {
    return label == null ? null : label.toString();
  }

  Completion block(TreePath path, List<? extends StatementTree> statements, Frame frame) {
    for (StatementTree statement : statements) {
      Completion completion = in.run(path, statement, frame);
      if (!(completion instanceof Completion.Normal)) {
        return completion;
      }
    }
    return Completion.NORMAL;
  }

  private Completion variable(TreePath path, VariableTree tree, Frame frame) {
    ExpressionTree initializer = tree.getInitializer();
    if (initializer != null) {
      Element variable = in.element(path);
      TreePath at = new TreePath(path, initializer);
      Val value = in.variables.initializer(at, variable.asType(), frame);
      frame.locals.put(variable, value);
      in.shapes.local(variable, value, at, frame);
    }
    return Completion.NORMAL;
  }

  private Completion returned(TreePath path, ReturnTree tree, Frame frame) {
    if (tree.getExpression() == null) {
      return new Completion.Return(Val.NOTHING);
    }
    TreePath value = new TreePath(path, tree.getExpression());
    frame.returned = value;
    return new Completion.Return(in.eval(value, frame));
  }

  private Completion choice(TreePath path, IfTree tree, Frame frame) {
    TreePath condition = inner(new TreePath(path, tree.getCondition()));
    return switch (in.eval(condition, frame)) {
      case Val.Constant(Boolean yes) -> {
        if (yes) {
          yield in.run(path, tree.getThenStatement(), frame);
        }
        yield tree.getElseStatement() == null
            ? Completion.NORMAL
            : in.run(path, tree.getElseStatement(), frame);
      }
      case Val.Test(var test) -> in.branches.run(path, tree, test, frame);
      default -> throw Failures.nullUsed(condition, frame, in.source.of(condition));
    };
  }

  /** Without the parentheses around it, so that errors point at what is inside. */
  static TreePath inner(TreePath path) {
    return path.getLeaf() instanceof ParenthesizedTree t
        ? inner(new TreePath(path, t.getExpression()))
        : path;
  }

  /** A loop's condition, which must be known. */
  private boolean holds(TreePath path, Frame frame) {
    return switch (in.eval(path, frame)) {
      case Val.Constant(Boolean yes) -> yes;
      case Val.Test(var test) -> throw in.branches.undecided(path, test, frame);
      default -> throw Failures.nullUsed(path, frame, in.source.of(path));
    };
  }

  private Completion forLoop(TreePath path, ForLoopTree tree, @Nullable String label, Frame frame) {
    for (StatementTree initializer : tree.getInitializer()) {
      in.run(path, initializer, frame);
    }
    while (tree.getCondition() == null
        || holds(inner(new TreePath(path, tree.getCondition())), frame)) {
      Completion completion = in.run(path, tree.getStatement(), frame);
      if (leaves(completion, label)) {
        return after(completion, label);
      }
      for (StatementTree update : tree.getUpdate()) {
        in.run(path, update, frame);
      }
    }
    return Completion.NORMAL;
  }

  private Completion forEach(
      TreePath path, EnhancedForLoopTree tree, @Nullable String label, Frame frame) {
    TreePath source = new TreePath(path, tree.getExpression());
    List<Val> elements =
        switch (in.eval(source, frame)) {
          case Val.Array array -> List.of(array.elements);
          case Val.Items list -> List.copyOf(list.elements);
          case TensorVal t ->
              throw Failures.dataDependent(source, frame, "going through a tensor's elements");
          default ->
              throw Failures.unsupported(
                  source,
                  frame,
                  "a loop over '" + in.source.of(source) + "'",
                  "use an array or a List");
        };
    Element variable = in.element(new TreePath(path, tree.getVariable()));
    for (Val element : elements) {
      in.step(path, frame);
      frame.locals.put(variable, in.conversions.to(element, variable.asType(), source, frame));
      Completion completion = in.run(path, tree.getStatement(), frame);
      if (leaves(completion, label)) {
        return after(completion, label);
      }
    }
    return Completion.NORMAL;
  }

  private Completion whileLoop(
      TreePath path, WhileLoopTree tree, @Nullable String label, Frame frame) {
    while (holds(inner(new TreePath(path, tree.getCondition())), frame)) {
      Completion completion = in.run(path, tree.getStatement(), frame);
      if (leaves(completion, label)) {
        return after(completion, label);
      }
    }
    return Completion.NORMAL;
  }

  private Completion doWhile(
      TreePath path, DoWhileLoopTree tree, @Nullable String label, Frame frame) {
    do {
      Completion completion = in.run(path, tree.getStatement(), frame);
      if (leaves(completion, label)) {
        return after(completion, label);
      }
    } while (holds(inner(new TreePath(path, tree.getCondition())), frame));
    return Completion.NORMAL;
  }

  private Completion labeled(TreePath path, LabeledStatementTree tree, Frame frame) {
    String label = tree.getLabel().toString();
    TreePath body = new TreePath(path, tree.getStatement());
    Completion completion =
        switch (body.getLeaf()) {
          case ForLoopTree t -> forLoop(body, t, label, frame);
          case EnhancedForLoopTree t -> forEach(body, t, label, frame);
          case WhileLoopTree t -> whileLoop(body, t, label, frame);
          case DoWhileLoopTree t -> doWhile(body, t, label, frame);
          default -> run(body, frame);
        };
    return completion instanceof Completion.Break(String l) && label.equals(l)
        ? Completion.NORMAL
        : completion;
  }

  /** True when a loop does not go on after its body ended like that. */
  private static boolean leaves(Completion body, @Nullable String label) {
    return switch (body) {
      case Completion.Normal n -> false;
      case Completion.Continue(String l) -> l != null && !l.equals(label);
      default -> true;
    };
  }

  /** How a loop ends that its body left. */
  private static Completion after(Completion body, @Nullable String label) {
    return body instanceof Completion.Break(String l) && (l == null || l.equals(label))
        ? Completion.NORMAL
        : body;
  }

  private RuntimeException thrown(TreePath path, ThrowTree tree, Frame frame) {
    Val exception = in.eval(path, tree.getExpression(), frame);
    return exception instanceof Val.Thrown(var type, String message)
        ? Failures.thrown(path, frame, message)
        : Failures.nullUsed(path, frame, "the exception");
  }

  private Completion asserted(TreePath path, AssertTree tree, Frame frame) {
    TreePath condition = inner(new TreePath(path, tree.getCondition()));
    if (holds(condition, frame)) {
      return Completion.NORMAL;
    }
    String detail = "'" + in.source.of(condition) + "' does not hold";
    if (tree.getDetail() != null) {
      TreePath at = new TreePath(path, tree.getDetail());
      detail = in.operators.text(in.eval(at, frame), at, frame);
    }
    throw Failures.thrown(path, frame, detail);
  }
}
