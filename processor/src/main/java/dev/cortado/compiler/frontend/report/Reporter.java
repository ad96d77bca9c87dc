package dev.cortado.compiler.frontend.report;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.cortado.compiler.frontend.Analysis;
import dev.cortado.compiler.frontend.StagingError;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Prints each problem once, at the user's own tree, with the key of its section in the manual. */
public final class Reporter {
  private final Messager messager;
  private final Trees trees;
  private final Map<URI, CompilationUnitTree> units;
  private final Set<String> printed = new LinkedHashSet<>();

  /**
   * @param units the running compilation's sources
   */
  public Reporter(Messager messager, Trees trees, Map<URI, CompilationUnitTree> units) {
    this.messager = messager;
    this.trees = trees;
    this.units = units;
  }

  /** Prints what is wrong with a declaration. */
  public void print(Problem problem) {
    String text = withKey(problem.message(), problem.key());
    if (!printed.add(problem.element() + text)) {
      return;
    }
    if (problem.annotation() == null) {
      messager.printMessage(problem.kind(), text, problem.element());
    } else if (problem.value() == null) {
      messager.printMessage(problem.kind(), text, problem.element(), problem.annotation());
    } else {
      messager.printMessage(
          problem.kind(), text, problem.element(), problem.annotation(), problem.value());
    }
  }

  /**
   * Prints what is wrong with a body.
   *
   * @param model of this round; where the error goes when no frame of it is in this compilation
   */
  public void print(StagingError error, Analysis analysis, Element model) {
    int first = firstOfThisCompilation(error.where(), analysis);
    String text = String.join("\n", lines(error, first, analysis));
    print(withKey(text, error.key()), error.where(), first, analysis, model);
  }

  /** The message and the calls around it; javac indents all lines but the first. */
  private static List<String> lines(StagingError error, int first, Analysis analysis) {
    List<String> lines = new ArrayList<>();
    String.valueOf(error.getMessage()).lines().map(String::strip).forEach(lines::add);
    String last = "";
    int times = 0;
    for (int i = 0; i < error.where().size(); i++) {
      if (i != first) {
        String call =
            (i < first ? "in " : "called from ") + describe(error.where().get(i), analysis);
        boolean again = call.equals(last);
        times = again ? times + 1 : 1;
        if (again) {
          lines.removeLast();
        }
        lines.add(again ? call + " (" + times + " times)" : call);
        last = call;
      }
    }
    return lines;
  }

  private void print(
      String text, List<TreePath> where, int first, Analysis analysis, Element model) {
    TreePath real = first < where.size() ? real(where.get(first), analysis) : null;
    if (real == null) {
      messager.printMessage(Diagnostic.Kind.ERROR, text, model);
    } else if (printed.add(real.getLeaf() + "@" + positionOf(real) + text)) {
      trees.printMessage(Diagnostic.Kind.ERROR, text, real.getLeaf(), real.getCompilationUnit());
    }
  }

  private long positionOf(TreePath path) {
    return trees.getSourcePositions().getStartPosition(path.getCompilationUnit(), path.getLeaf());
  }

  private static int firstOfThisCompilation(List<TreePath> where, Analysis analysis) {
    for (int i = 0; i < where.size(); i++) {
      if (analysis.ofThisCompilation(where.get(i).getCompilationUnit())) {
        return i;
      }
    }
    return where.size();
  }

  private @Nullable TreePath real(TreePath path, Analysis analysis) {
    CompilationUnitTree unit = units.get(path.getCompilationUnit().getSourceFile().toUri());
    return unit == null ? null : TreeMatcher.find(path, analysis.trees(), unit, trees);
  }

  /** {@code Block.java:12: conv.apply(x)}. */
  private static String describe(TreePath path, Analysis analysis) {
    CompilationUnitTree unit = path.getCompilationUnit();
    long start = analysis.trees().getSourcePositions().getStartPosition(unit, path.getLeaf());
    String file = unit.getSourceFile().toUri().getPath();
    return file.substring(file.lastIndexOf('/') + 1)
        + ":"
        + unit.getLineMap().getLineNumber(start)
        + ": "
        + firstLine(source(path, analysis));
  }

  /** A tree as the user wrote it. */
  private static String source(TreePath path, Analysis analysis) {
    CompilationUnitTree unit = path.getCompilationUnit();
    SourcePositions positions = analysis.trees().getSourcePositions();
    int start = (int) positions.getStartPosition(unit, path.getLeaf());
    int end = (int) positions.getEndPosition(unit, path.getLeaf());
    try {
      return unit.getSourceFile().getCharContent(true).subSequence(start, end).toString();
    } catch (IOException | IndexOutOfBoundsException e) {
      return path.getLeaf().toString(); // a tree that javac added has no text
    }
  }

  private static String firstLine(String code) {
    String line = code.strip().lines().findFirst().orElse("");
    return line.length() <= 80 ? line : line.substring(0, 77) + "...";
  }

  private static String withKey(String text, String key) {
    return text + "\n[" + key + "]";
  }
}
