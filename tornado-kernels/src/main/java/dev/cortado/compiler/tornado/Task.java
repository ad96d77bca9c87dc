package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.graph.Origin;
import dev.cortado.compiler.shape.Poly;
import java.util.List;

/**
 * One kernel in a program.
 *
 * @param name of its method, and of the task
 * @param title what is computed
 * @param parameters names of the arrays that it takes
 * @param scratch elements of scratch memory, which holds nothing from one kernel but to the next
 * @param forInputGradients whether only gradients of inputs need it
 */
record Task(
    String name,
    String title,
    Origin origin,
    Lines body,
    List<String> parameters,
    Grid grid,
    Poly scratch,
    boolean forInputGradients) {
  Task {
    parameters = List.copyOf(parameters);
  }

  /** How many work items run a kernel. */
  sealed interface Grid {
    /** A parallel loop, which is right with any number of them. */
    record Loop(Poly items) implements Grid {}

    /** Groups of so many items each, which work together. */
    record Groups(Poly count, int items) implements Grid {}
  }

  /** Whether it takes a {@code KernelContext} as its first parameter. */
  boolean inGroups() {
    return grid instanceof Grid.Groups;
  }
}
