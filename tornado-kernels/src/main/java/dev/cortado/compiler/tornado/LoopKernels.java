package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.KernelPrinter;
import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.plan.Step;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints generated loops as kernels: of one {@code @Parallel} loop each, or of work groups where
 * rows are long.
 */
final class LoopKernels {
  private LoopKernels() {}

  /**
   * The tasks for a kernel of the plan.
   *
   * @param around variables of the loops around a recurrence's step, outermost first
   */
  static List<Task> of(Step.Kernel kernel, DeviceLayout layout, List<LoopVar> around) {
    List<Task> tasks = new ArrayList<>();
    for (Nest nest : LoopNests.of(kernel.body())) {
      for (Reductions.Piece piece : Reductions.of(nest)) {
        tasks.add(task(piece, kernel, layout, around));
      }
    }
    return tasks;
  }

  private static Task task(
      Reductions.Piece piece, Step.Kernel kernel, DeviceLayout layout, List<LoopVar> around) {
    GroupedRows grouped = GroupedRows.of(piece.nest());
    ScatteredSum scattered = ScatteredSum.of(piece.nest());
    List<String> words =
        grouped != null
            ? GroupedRows.WORDS
            : scattered != null ? ScatteredSum.WORDS : List.<String>of();
    KernelText text = new KernelText(layout, around, words);
    if (piece.scratch() != null) {
      text.own(piece.scratch(), "scratch");
    }
    Lines body;
    Task.Grid grid;
    if (grouped != null) {
      body = grouped.print(text);
      grid = new Task.Grid.Rows(grouped.rows(), grouped.across(), grouped.length());
    } else if (scattered != null) {
      body = scattered.print(text);
      grid = new Task.Grid.Ranges(scattered.width());
    } else {
      body = print(piece.nest(), text);
      grid = new Task.Grid.Loop(piece.nest().items());
    }
    return new Task(
        kernel.name(),
        kernel.title(),
        kernel.origin(),
        text.declarations().addAll(body),
        text.parameters(),
        text.starts(),
        grid,
        piece.scratchSize(),
        kernel.forInputGradients());
  }

  private static Lines print(Nest nest, KernelText text) {
    KernelPrinter.Item item =
        KernelPrinter.item(nest.variables(), nest.body(), text.dialect(), text, text.names());
    String counter =
        switch (nest.axes().size()) {
          case 0 -> text.names().unique("once");
          case 1 -> item.variables().getFirst();
          default -> text.names().unique("item");
        };
    String head =
        "for (@Parallel int %s = 0; %s < %s; %s++)"
            .formatted(counter, counter, text.print(nest.items()), counter);
    Lines body =
        nest.axes().size() > 1 ? digits(nest.axes(), item.variables(), counter, text) : new Lines();
    return new Lines().addAll(item.before()).block(head, body.addAll(item.body()));
  }

  /** The loops' variables, as digits of the item's number. */
  static Lines digits(
      List<Expr.Axis> axes, List<String> variables, String counter, KernelText text) {
    Lines lines = new Lines();
    Poly inside = Poly.ONE;
    for (int i = axes.size() - 1; i >= 0; i--) {
      Expr.Axis axis = axes.get(i);
      String value = inside.is(1) ? counter : counter + " / " + text.factor(inside);
      if (i > 0) {
        value += " % " + text.factor(axis.extent());
      }
      lines.add("int " + variables.get(i) + " = " + value + ";");
      inside = inside.times(axis.extent());
    }
    return lines;
  }
}
