package dev.cortado.compiler.frontend.report;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the running compilation's unit the tree that the private one knows by another object.
 * Both were parsed from the same text, so kind, start and nesting identify a tree; ends do not,
 * because javac need not keep them.
 */
final class TreeMatcher extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final Tree.Kind kind;
  private final long start;
  private final int depth;
  private @Nullable TreePath found;

  private TreeMatcher(
      CompilationUnitTree unit, SourcePositions positions, Tree.Kind kind, long start, int depth) {
    this.unit = unit;
    this.positions = positions;
    this.kind = kind;
    this.start = start;
    this.depth = depth;
  }

  /** The same tree in {@code unit}; null when there is none (a tree that javac added). */
  static @Nullable TreePath find(
      TreePath wanted, Trees wantedTrees, CompilationUnitTree unit, Trees trees) {
    SourcePositions positions = wantedTrees.getSourcePositions();
    long start = positions.getStartPosition(wanted.getCompilationUnit(), wanted.getLeaf());
    TreeMatcher matcher =
        new TreeMatcher(
            unit,
            trees.getSourcePositions(),
            wanted.getLeaf().getKind(),
            start,
            sameStart(wanted, positions));
    matcher.scan(unit, null);
    return matcher.found;
  }

  /** How many trees of the same kind around this one start where it starts: {@code a.b().c()}. */
  private static int sameStart(TreePath path, SourcePositions positions) {
    CompilationUnitTree unit = path.getCompilationUnit();
    Tree leaf = path.getLeaf();
    long start = positions.getStartPosition(unit, leaf);
    int count = 0;
    for (TreePath p = path.getParentPath(); p != null; p = p.getParentPath()) {
      if (p.getLeaf().getKind() == leaf.getKind()
          && positions.getStartPosition(unit, p.getLeaf()) == start) {
        count++;
      }
    }
    return count;
  }

  @Override
  public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
    if (tree == null || found != null) {
      return null;
    }
    if (tree.getKind() == kind && positions.getStartPosition(unit, tree) == start) {
      TreePath path =
          tree instanceof CompilationUnitTree
              ? new TreePath(unit)
              : new TreePath(getCurrentPath(), tree);
      if (sameStart(path, positions) == depth) {
        found = path;
        return null;
      }
    }
    return super.scan(tree, null);
  }
}
