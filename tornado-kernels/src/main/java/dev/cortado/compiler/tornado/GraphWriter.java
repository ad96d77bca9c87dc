package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Comments;
import dev.cortado.compiler.emit.Integers;
import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.emit.Names;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.plan.Usage;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Prints the methods that make a program's task graphs, and the one that submits them. */
final class GraphWriter {
  private static final List<String> HANDED_IN = List.of("sizes", "given", "marks");

  /** What an operand's kernel has written the library reads: nothing comes from the host. */
  private static final String STAGING =
      "graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, "
          + String.join(", ", DeviceLayout.STAGED)
          + ");";

  private final List<Atom> symbols;
  private final String program;
  private final List<Part> parts;
  private final Integers integers = new Integers(GraphWriter::name, a -> true, "", "Math");

  GraphWriter(List<Atom> symbols, String program, List<Part> parts) {
    this.symbols = symbols;
    this.program = program;
    this.parts = parts;
  }

  /** The field that holds a symbol's largest value, or the local that holds its value now. */
  static String name(Atom atom) {
    return Names.identifier(atom.toString());
  }

  String program() {
    return program;
  }

  /** Whether the last graph also comes with an update of the weights. */
  private boolean updates() {
    return program.equals("train");
  }

  /** The expressions that make the graphs, in order; with an update last. */
  List<String> calls() {
    List<String> calls = new ArrayList<>();
    List<Part.Graph> all = Part.graphs(parts);
    all.forEach(g -> calls.add(g.name() + "(\"" + g.name() + "\")"));
    if (updates()) {
      String last = all.getLast().name();
      calls.set(calls.size() - 1, last + "(\"" + last + "\", false)");
      calls.add(last + "(\"" + last + "Update\", update != null)");
    }
    return calls;
  }

  /** The methods, one a graph. */
  Lines graphs(Function<Task, String> kernels, TaskNames names) {
    Lines lines = new Lines();
    List<Part.Graph> all = Part.graphs(parts);
    for (int i = 0; i < all.size(); i++) {
      boolean updating = updates() && i == all.size() - 1;
      String parameters = updating ? "String name, boolean updates" : "String name";
      lines
          .add("")
          .block(
              "private ImmutableTaskGraph " + all.get(i).name() + "(" + parameters + ")",
              graph(all.get(i), i == 0, updating, kernels, names));
    }
    return lines;
  }

  private Lines graph(
      Part.Graph graph,
      boolean first,
      boolean updating,
      Function<Task, String> kernels,
      TaskNames names) {
    Lines lines = new Lines();
    lines.add("TaskGraph graph = new TaskGraph(name);");
    List<String> fresh = new ArrayList<>(first ? HANDED_IN : List.of());
    List<String> kept = new ArrayList<>(TornadoWriter.KEPT);
    if (!first) {
      kept.addAll(HANDED_IN);
    }
    if (!graph.around().isEmpty()) {
      fresh.add("places");
    }
    if (!fresh.isEmpty()) {
      lines.add(transfer(fresh));
    }
    if (graph.tasks().stream().anyMatch(t -> t.all().size() > 1)) {
      lines.block("if (libraries)", lines(STAGING));
    }
    lines.add("graph.consumeFromDevice(" + String.join(", ", kept) + ");");
    String source = "";
    Names ids = new Names();
    for (Task task : graph.tasks()) {
      String own = Comments.source(task.origin());
      if (!own.isEmpty() && !own.equals(source)) {
        lines.add("// " + own);
        source = own;
      }
      Lines added = task(task, ids, kernels, names);
      if (task.forInputGradients() && !graph.forInputGradients()) {
        lines.block("if (inputGradients)", added);
      } else {
        lines.addAll(added);
      }
    }
    if (updating) {
      lines.block(
          "if (updates)",
          new Lines().add(transfer(List.of("runs", "settings"))).add("update(graph);"));
    }
    List<String> all = new ArrayList<>(TornadoWriter.KEPT);
    all.addAll(HANDED_IN);
    lines.add("graph.persistOnDevice(" + String.join(", ", all) + ");");
    return lines.add("return graph.snapshot();");
  }

  private static String transfer(List<String> arrays) {
    return "graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, "
        + String.join(", ", arrays)
        + ");";
  }

  /** The statements that add a task, and what runs in its place where there are libraries. */
  private Lines task(Task task, Names ids, Function<Task, String> kernels, TaskNames names) {
    String name = ids.unique(names.of(task));
    List<String> arguments = arguments(task, name, kernels);
    String id = "graph, \"" + name + "\"";
    Lines lines = new Lines();
    switch (task.grid()) {
      case Task.Grid.Tiles tiles -> {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("tile.side()", "tile.steps()"));
        Lines own =
            lines(
                "product(%s, %s, (to, tile) -> to.task(%s));"
                    .formatted(id, matrices(tiles), String.join(", ", all)));
        Task.Library library = tiles.library();
        if (library == null) {
          return own;
        }
        Lines there = new Lines();
        there.addAll(task(library.left(), ids, kernels, names));
        there.addAll(task(library.right(), ids, kernels, names));
        there.add(
            "library(graph, \"%s\", %s, %s, %s);"
                .formatted(
                    ids.unique(name + "Library"),
                    matrices(tiles),
                    library.leftAlongSteps(),
                    library.rightAlongSteps()));
        there.addAll(task(library.result(), ids, kernels, names));
        lines.block("if (libraries && " + matrices(tiles) + ".suitLibrary())", there);
        return lines.block("else", own);
      }
      case Task.Grid.Loop(Poly items) ->
          lines.add(added(arguments)).add("loop(" + id + ", " + integers.print(items) + ");");
      case Task.Grid.Ranges(Poly items) ->
          lines.add(added(arguments)).add("ranges(" + id + ", " + integers.print(items) + ");");
      case Task.Grid.Rows(Poly count, int across, Poly length) ->
          lines
              .add(added(arguments))
              .add(
                  "rows(%s, %s, %d, %s);"
                      .formatted(id, integers.print(count), across, integers.print(length)));
    }
    return lines;
  }

  private static Lines lines(String line) {
    return new Lines().add(line);
  }

  private static String added(List<String> arguments) {
    return "graph.task(" + String.join(", ", arguments) + ");";
  }

  private List<String> arguments(Task task, String name, Function<Task, String> kernels) {
    List<String> arguments = new ArrayList<>();
    arguments.add("\"" + name + "\"");
    arguments.add(kernels.apply(task));
    if (task.inGroups()) {
      arguments.add("context");
    }
    arguments.addAll(task.parameters());
    task.starts().forEach(s -> arguments.add(integers.print(s.offset())));
    return arguments;
  }

  private String matrices(Task.Grid.Tiles tiles) {
    return "new Matrices(%s, %s, %s, %s, %d, %d)"
        .formatted(
            integers.print(tiles.rows()),
            integers.print(tiles.columns()),
            integers.print(tiles.depth()),
            integers.print(tiles.matrices()),
            tiles.high(),
            tiles.wide());
  }

  /** The matrices of all products that may go to a library. */
  List<String> libraryProducts() {
    return Part.graphs(parts).stream()
        .flatMap(g -> g.tasks().stream())
        .filter(t -> t.grid() instanceof Task.Grid.Tiles tiles && tiles.library() != null)
        .map(t -> matrices((Task.Grid.Tiles) t.grid()))
        .toList();
  }

  /** The methods that submit the program; {@code first} is the number of its first graph. */
  Lines schedule(int first) {
    List<Part.Graph> all = Part.graphs(parts);
    Lines lines = schedule(program, first, "run(" + (first + all.size() - 1) + ");");
    if (updates()) {
      lines.addAll(schedule("step", first, "run(" + (first + all.size()) + ");"));
    }
    return lines;
  }

  private Lines schedule(String name, int first, String last) {
    Lines body = new Lines();
    List<Atom> lengths = lengths(parts);
    for (int i = 0; i < symbols.size(); i++) {
      if (lengths.contains(symbols.get(i))) {
        body.add("int " + name(symbols.get(i)) + " = sizes[" + i + "];");
      }
    }
    int[] next = {first};
    body.addAll(schedule(parts.subList(0, parts.size() - 1), next, new ArrayList<>()));
    body.add(last);
    return new Lines().add("").add("@Override").block("public void " + name + "()", body);
  }

  private static List<Atom> lengths(List<Part> parts) {
    List<Atom> atoms = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Repeat r) {
        Usage.atoms(r.length(), atoms::add);
        atoms.addAll(lengths(r.body()));
      }
    }
    return atoms;
  }

  private Lines schedule(List<Part> scheduled, int[] next, List<LoopVar> around) {
    Lines lines = new Lines();
    for (Part part : scheduled) {
      Lines own =
          switch (part) {
            case Part.Graph g -> new Lines().add("run(" + next[0]++ + "); // " + g.name());
            case Part.Repeat r -> repeat(r, next, around);
          };
      if (part.forInputGradients()) {
        lines.block("if (inputGradients)", own);
      } else {
        lines.addAll(own);
      }
    }
    return lines;
  }

  private Lines repeat(Part.Repeat r, int[] next, List<LoopVar> around) {
    List<LoopVar> inside = new ArrayList<>(around);
    inside.add(r.var());
    String i = "step" + inside.size();
    Lines body = new Lines().add("places[" + r.depth() + "] = " + i + ";");
    body.addAll(schedule(r.body(), next, inside));
    String length = integers.print(r.length());
    String head =
        r.reverse()
            ? "for (int %1$s = %2$s - 1; %1$s >= 0; %1$s--)"
            : "for (int %1$s = 0; %1$s < %2$s; %1$s++)";
    return new Lines().block(head.formatted(i, length), body);
  }
}
