package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.graph.Origin;
import dev.cortado.compiler.plan.Program;
import dev.cortado.compiler.plan.Step;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;

/** A piece of a program that is submitted as one task graph, or submitted again and again. */
sealed interface Part {
  /** Tasks in one graph; TornadoVM takes 256 where there is room for its instructions. */
  int MOST_TASKS = 64;

  /** Whether only gradients of inputs need it. */
  boolean forInputGradients();

  /** One graph. */
  record Graph(String name, List<Task> tasks, List<LoopVar> around) implements Part {
    public Graph {
      tasks = List.copyOf(tasks);
      around = List.copyOf(around);
    }

    @Override
    public boolean forInputGradients() {
      return tasks.stream().allMatch(Task::forInputGradients);
    }
  }

  /**
   * The steps of a recurrence. Its graphs are compiled once, and find in an array where they are.
   */
  record Repeat(
      LoopVar var,
      int depth,
      Poly length,
      boolean reverse,
      List<Part> body,
      boolean forInputGradients)
      implements Part {
    public Repeat {
      body = List.copyOf(body);
    }
  }

  /** The parts of a program, in order. */
  static List<Part> of(Program program, DeviceLayout layout) {
    List<Part> parts = new Splitting(program.name(), layout).parts(program.steps(), List.of());
    List<Part> all = new ArrayList<>(parts);
    if (parts.size() != 1 || !isWhole(parts.getFirst())) {
      all.addFirst(new Graph(program.name() + "Intake", List.of(intake()), List.of()));
    }
    if (!isWhole(all.getLast())) {
      all.add(new Graph(program.name() + "End", List.of(intake()), List.of()));
    }
    return all;
  }

  /** Whether a part is one graph that always runs. */
  private static boolean isWhole(Part part) {
    return part instanceof Graph g && !g.forInputGradients();
  }

  /**
   * Looks at all that is handed in, so that it is on the device before the second graph, which may
   * be the first to need it: what no task of a graph uses need not come with it.
   */
  private static Task intake() {
    Lines body =
        new Lines()
            .block(
                "for (@Parallel int once = 0; once < 1; once++)",
                new Lines().add("report[1] = sizes[0] + given[0] + marks[0];"));
    return new Task(
        "intake",
        "what is handed in comes to the device",
        Origin.NONE,
        body,
        List.of("sizes", "given", "marks", "report"),
        List.of(),
        new Task.Grid.Loop(Poly.ONE),
        Poly.ZERO,
        false);
  }

  /** All graphs of some parts, in order. */
  static List<Graph> graphs(List<Part> parts) {
    List<Graph> graphs = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Graph g -> graphs.add(g);
        case Repeat r -> graphs.addAll(graphs(r.body()));
      }
    }
    return graphs;
  }

  /** Cuts a program into parts: at loops, and where a graph would get too long. */
  final class Splitting {
    private final String program;
    private final DeviceLayout layout;
    private int graphs;

    private Splitting(String program, DeviceLayout layout) {
      this.program = program;
      this.layout = layout;
    }

    private List<Part> parts(List<Step> steps, List<LoopVar> around) {
      List<Part> parts = new ArrayList<>();
      List<Task> open = new ArrayList<>();
      for (Step step : steps) {
        switch (step) {
          case Step.Kernel k -> open.addAll(LoopKernels.of(k, layout, around));
          case Step.Library l -> open.addAll(ProductKernels.of(l, layout, around));
          case Step.Loop loop -> {
            close(open, around, parts);
            List<LoopVar> inside = new ArrayList<>(around);
            inside.add(loop.var());
            parts.add(
                new Repeat(
                    loop.var(),
                    around.size(),
                    loop.length(),
                    loop.reverse(),
                    parts(loop.body(), inside),
                    loop.forInputGradients()));
          }
        }
      }
      close(open, around, parts);
      return parts;
    }

    private void close(List<Task> open, List<LoopVar> around, List<Part> parts) {
      List<Task> tasks = new ArrayList<>();
      int count = 0;
      for (Task task : open) {
        if (count + task.all().size() > MOST_TASKS) {
          parts.add(new Graph(program + ++graphs, tasks, around));
          tasks.clear();
          count = 0;
        }
        tasks.add(task);
        count += task.all().size();
      }
      if (!tasks.isEmpty()) {
        parts.add(new Graph(program + ++graphs, tasks, around));
      }
      open.clear();
    }
  }
}
