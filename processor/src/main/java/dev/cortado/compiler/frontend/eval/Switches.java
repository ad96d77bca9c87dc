package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.cortado.compiler.frontend.StagingError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code switch}, old and new, as a statement and as an expression. */
final class Switches {
  private final Interpreter in;

  Switches(Interpreter in) {
    this.in = in;
  }

  Completion run(TreePath path, SwitchTree tree, Frame frame) {
    Completion completion = body(path, tree.getExpression(), tree.getCases(), frame);
    return switch (completion) {
      case null -> Completion.NORMAL;
      case Completion.Break(String label) when label == null -> Completion.NORMAL;
      default -> completion;
    };
  }

  Val eval(TreePath path, SwitchExpressionTree tree, Frame frame) {
    Completion completion = body(path, tree.getExpression(), tree.getCases(), frame);
    if (completion instanceof Completion.Yield(Val value)) {
      return in.conversions.to(value, in.type(path), path, frame);
    }
    throw Failures.thrown(path, frame, "no 'case' of this 'switch' fits");
  }

  /** Runs from the case that fits; null when none does. An expression after an arrow is a yield. */
  private @Nullable Completion body(
      TreePath path, ExpressionTree selector, List<? extends CaseTree> cases, Frame frame) {
    TreePath selectorPath = new TreePath(path, selector);
    Val value = in.eval(selectorPath, frame);
    requireKnown(value, selectorPath, frame);
    int chosen = chosen(path, cases, value, frame);
    if (chosen < 0) {
      if (value instanceof Val.Null) {
        throw Failures.nullUsed(selectorPath, frame, in.source.of(selectorPath));
      }
      return null;
    }
    for (CaseTree c : cases.subList(chosen, cases.size())) {
      Completion completion = runCase(new TreePath(path, c), c, frame);
      if (c.getCaseKind() == CaseTree.CaseKind.RULE || !(completion instanceof Completion.Normal)) {
        return completion;
      }
    }
    return Completion.NORMAL;
  }

  private void requireKnown(Val value, TreePath path, Frame frame) {
    switch (value) {
      case Val.Symbolic(var poly, boolean wide) ->
          throw Failures.runTimeSize(path, frame, "'" + in.source.of(path) + "'", poly);
      case Val.Scalar s -> throw Failures.dataDependent(path, frame, in.source.of(path));
      case Val.Test t -> throw Failures.dataDependent(path, frame, in.source.of(path));
      default -> {}
    }
  }

  private Completion runCase(TreePath path, CaseTree tree, Frame frame) {
    if (tree.getCaseKind() == CaseTree.CaseKind.STATEMENT) {
      return in.statements.block(path, tree.getStatements(), frame);
    }
    Tree body = tree.getBody();
    return switch (body) {
      case ExpressionTree e -> new Completion.Yield(in.eval(path, e, frame));
      case StatementTree s -> in.run(path, s, frame);
      case null, default -> throw StagingError.javac(path);
    };
  }

  /** Index of the first case that fits, else of the default, else -1. */
  private int chosen(TreePath path, List<? extends CaseTree> cases, Val value, Frame frame) {
    int otherwise = -1;
    for (int i = 0; i < cases.size(); i++) {
      TreePath casePath = new TreePath(path, cases.get(i));
      for (CaseLabelTree label : cases.get(i).getLabels()) {
        if (label instanceof DefaultCaseLabelTree) {
          otherwise = i;
        } else if (fits(new TreePath(casePath, label), label, value, frame)
            && guard(casePath, cases.get(i), frame)) {
          return i;
        }
      }
    }
    return value instanceof Val.Null ? -1 : otherwise;
  }

  private boolean guard(TreePath casePath, CaseTree tree, Frame frame) {
    ExpressionTree guard = tree.getGuard();
    if (guard == null) {
      return true;
    }
    Val value = in.eval(casePath, guard, frame);
    if (value instanceof Val.Constant(Boolean yes)) {
      return yes;
    }
    throw Failures.dataDependent(
        new TreePath(casePath, guard), frame, "'" + in.source.of(casePath) + "'");
  }

  private boolean fits(TreePath path, CaseLabelTree label, Val value, Frame frame) {
    return switch (label) {
      case ConstantCaseLabelTree c -> {
        Val constant = in.eval(path, c.getConstantExpression(), frame);
        if (constant instanceof Val.Constant(Object a) && value instanceof Val.Constant(Object b)) {
          yield Boolean.TRUE.equals(Arithmetic.binary(Tree.Kind.EQUAL_TO, a, b));
        }
        yield Operators.same(constant, value);
      }
      case PatternCaseLabelTree p ->
          in.patterns.matches(new TreePath(path, p.getPattern()), value, frame);
      default ->
          throw Failures.unsupported(path, frame, "this 'case'", "write a constant or a pattern");
    };
  }
}
