package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import dev.cortado.compiler.frontend.Analysis;
import dev.cortado.compiler.graph.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;

/** What the user wrote, and where. */
final class SourceText {
  private final Analysis analysis;
  private final SourcePositions positions;
  private final Map<CompilationUnitTree, String> texts = new HashMap<>();

  SourceText(Analysis analysis) {
    this.analysis = analysis;
    this.positions = analysis.trees().getSourcePositions();
  }

  /** The expression as written, on one line, shortened when it is long. */
  String of(TreePath path) {
    return path.getLeaf() instanceof ParenthesizedTree t
        ? of(new TreePath(path, t.getExpression()))
        : of(path.getCompilationUnit(), path.getLeaf());
  }

  private String of(CompilationUnitTree unit, Tree tree) {
    long start = positions.getStartPosition(unit, tree);
    long end = positions.getEndPosition(unit, tree);
    if (start == Diagnostic.NOPOS || end == Diagnostic.NOPOS) {
      return tree.toString();
    }
    String text = text(unit).substring((int) start, (int) end).replaceAll("\\s+", " ");
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  /** The frames of a node's origin: expressions in sources of this compilation, innermost first. */
  List<Origin.Frame> frames(List<TreePath> trace) {
    List<Origin.Frame> frames = new ArrayList<>();
    for (TreePath path : trace) {
      if (analysis.ofThisCompilation(path.getCompilationUnit())) {
        frames.add(frame(path));
      }
    }
    return frames;
  }

  private Origin.Frame frame(TreePath path) {
    CompilationUnitTree unit = path.getCompilationUnit();
    long position = Math.max(0, positions.getStartPosition(unit, path.getLeaf()));
    LineMap lines = unit.getLineMap();
    String text = text(unit);
    int from = text.lastIndexOf('\n', (int) position - 1) + 1;
    int to = text.indexOf('\n', (int) position);
    String name = unit.getSourceFile().getName();
    return new Origin.Frame(
        name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1),
        (int) lines.getLineNumber(position),
        (int) lines.getColumnNumber(position),
        text.substring(from, to < 0 ? text.length() : to).trim(),
        position);
  }

  private String text(CompilationUnitTree unit) {
    return texts.computeIfAbsent(unit, SourceText::read);
  }

  private static String read(CompilationUnitTree unit) {
    try {
      return unit.getSourceFile().getCharContent(true).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
