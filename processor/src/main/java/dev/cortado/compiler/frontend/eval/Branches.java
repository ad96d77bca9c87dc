package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.IfTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.util.TreePath;
import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.frontend.StagingError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that differ from element to element, inside {@code map}: both branches are evaluated,
 * and what they leave different is a choice.
 */
final class Branches {
  private final Interpreter in;

  Branches(Interpreter in) {
    this.in = in;
  }

  /** What one branch left. */
  private record Outcome(
      Completion completion, Map<Element, Val> locals, List<Frame.Early> early) {}

  /** Outside {@code map} a condition must be known. */
  void require(TreePath condition, Cond test, Frame frame) {
    if (in.elementwise == 0) {
      throw undecided(condition, test, frame);
    }
  }

  StagingError undecided(TreePath condition, Cond test, Frame frame) {
    if (in.elementwise > 0) {
      return Failures.at(
          condition,
          frame,
          "data-dependent",
          "whether to go on with this loop differs from element to element; the number of rounds"
              + " must be known at compile time");
    }
    if (test instanceof Cond.CompareInt c) {
      return Failures.runTimeSize(
          condition, frame, "'" + in.source.of(condition) + "'", c.a() + " against " + c.b());
    }
    return Failures.dataDependent(condition, frame, "'" + in.source.of(condition) + "'");
  }

  Completion run(TreePath path, IfTree tree, Cond test, Frame frame) {
    require(Statements.inner(new TreePath(path, tree.getCondition())), test, frame);
    Map<Element, Val> before = frame.locals;
    int alreadyEarly = frame.early.size();
    Outcome then = branch(path, tree.getThenStatement(), before, test, frame);
    Outcome otherwise = branch(path, tree.getElseStatement(), before, Formula.not(test), frame);
    while (frame.early.size() > alreadyEarly) {
      frame.early.removeLast();
    }
    frame.early.addAll(then.early());
    frame.early.addAll(otherwise.early());
    return join(path, test, then, otherwise, frame);
  }

  private Outcome branch(
      TreePath path,
      @Nullable StatementTree statement,
      Map<Element, Val> before,
      Cond test,
      Frame frame) {
    frame.locals = new HashMap<>(before);
    int alreadyEarly = frame.early.size();
    frame.conditions++;
    Completion completion = statement == null ? Completion.NORMAL : in.run(path, statement, frame);
    frame.conditions--;
    List<Frame.Early> early = new ArrayList<>();
    for (Frame.Early e : frame.early.subList(alreadyEarly, frame.early.size())) {
      early.add(new Frame.Early(Formula.and(test, e.cond()), e.value()));
    }
    return new Outcome(completion, frame.locals, early);
  }

  private Completion join(TreePath path, Cond test, Outcome then, Outcome otherwise, Frame frame) {
    if (then.completion() instanceof Completion.Return(Val a)) {
      if (otherwise.completion() instanceof Completion.Return(Val b)) {
        return new Completion.Return(select(test, a, b, path, frame));
      }
      if (otherwise.completion() instanceof Completion.Normal) {
        frame.early.add(new Frame.Early(test, a));
        frame.locals = otherwise.locals();
        return Completion.NORMAL;
      }
    }
    if (otherwise.completion() instanceof Completion.Return(Val b)
        && then.completion() instanceof Completion.Normal) {
      frame.early.add(new Frame.Early(Formula.not(test), b));
      frame.locals = then.locals();
      return Completion.NORMAL;
    }
    if (then.completion() instanceof Completion.Yield(Val a)
        && otherwise.completion() instanceof Completion.Yield(Val b)) {
      return new Completion.Yield(select(test, a, b, path, frame));
    }
    if (then.completion() instanceof Completion.Normal
        && otherwise.completion() instanceof Completion.Normal) {
      frame.locals = merged(test, then.locals(), otherwise.locals(), path, frame);
      return Completion.NORMAL;
    }
    throw Failures.unsupported(
        path,
        frame,
        "'break', 'continue' or 'yield' under a condition that differs from element to element",
        "write both results with '?:'");
  }

  /** Variables that only one branch knows do not outlive it. */
  private Map<Element, Val> merged(
      Cond test, Map<Element, Val> then, Map<Element, Val> otherwise, TreePath path, Frame frame) {
    Map<Element, Val> result = new HashMap<>();
    then.forEach(
        (variable, a) -> {
          Val b = otherwise.get(variable);
          if (b != null) {
            result.put(variable, select(test, a, b, path, frame));
          }
        });
    return result;
  }

  Val select(Cond test, Val then, Val otherwise, TreePath path, Frame frame) {
    Val result = Scalars.select(test, then, otherwise);
    if (result == null) {
      throw Failures.unsupported(
          path,
          frame,
          "a choice, element by element, between things that are not numbers",
          "choose between numbers");
    }
    return result;
  }

  /** The result of a body, whose earlier returns come first. */
  Val result(Val last, TreePath path, Frame frame) {
    Val result = last;
    for (Frame.Early e : frame.early.reversed()) {
      result = select(e.cond(), e.value(), result, path, frame);
    }
    return result;
  }
}
