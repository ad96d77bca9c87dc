package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Comments;
import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.graph.Origin;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kernel in a program.
 *
 * @param name what its method would be called if no other were
 * @param title what is computed
 * @param parameters names of the arrays that it takes
 * @param starts where buffers of the arena begin, which differs from program to program
 * @param scratch elements of scratch memory, which holds nothing from one kernel but to the next
 * @param forInputGradients whether only gradients of inputs need it
 */
record Task(
    String name,
    String title,
    Origin origin,
    Lines body,
    List<String> parameters,
    List<Start> starts,
    Grid grid,
    Poly scratch,
    boolean forInputGradients) {
  Task {
    parameters = List.copyOf(parameters);
    starts = List.copyOf(starts);
  }

  /**
   * A parameter that says where a buffer begins.
   *
   * @param offset at the largest sizes
   */
  record Start(String name, Poly offset) {}

  /** What makes two tasks one kernel: one source line and title, one text. */
  record Text(
      String title,
      String source,
      List<String> parameters,
      List<String> starts,
      boolean inGroups,
      String body) {}

  Text text() {
    return new Text(
        title,
        Comments.source(origin),
        parameters,
        starts.stream().map(Start::name).toList(),
        inGroups(),
        body.text());
  }

  /** How many work items run a kernel. */
  sealed interface Grid {
    /** A parallel loop, which is right with any number of them. */
    record Loop(Poly items) implements Grid {}

    /**
     * Groups that compute the tiles of matrices: squares of items, of which each has {@code high}
     * times {@code wide} elements. The device decides how large a square is.
     *
     * @param matrices how many there are
     */
    record Tiles(
        Poly rows,
        Poly columns,
        Poly depth,
        Poly matrices,
        int high,
        int wide,
        @Nullable Library library)
        implements Grid {}

    /**
     * Groups that take rows, each item a share of a row; right with any number and size of groups.
     *
     * @param across rows that a group takes at once
     * @param length of the longest loop that items share
     */
    record Rows(Poly count, int across, Poly length) implements Grid {}

    /** So many items, or that many times over where a device has items to spare. */
    record Ranges(Poly items) implements Grid {}
  }

  /**
   * How a library computes a product instead: kernels lay its operands out and take up the result.
   *
   * @param leftAlongSteps whether the left operand is laid out row by row, else column by column
   * @param rightAlongSteps whether the right operand is laid out column by column
   */
  record Library(
      Task left, Task right, Task result, boolean leftAlongSteps, boolean rightAlongSteps) {
    List<Task> tasks() {
      return List.of(left, right, result);
    }
  }

  /** It, and the tasks that may run in its place. */
  List<Task> all() {
    List<Task> all = new ArrayList<>(List.of(this));
    if (grid instanceof Grid.Tiles t && t.library() != null) {
      all.addAll(t.library().tasks());
    }
    return all;
  }

  /** Whether it takes a {@code KernelContext} as its first parameter. */
  boolean inGroups() {
    return !(grid instanceof Grid.Loop);
  }
}
