package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Comments;
import dev.cortado.compiler.emit.Integers;
import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.plan.Plan;
import dev.cortado.compiler.plan.Program;
import dev.cortado.compiler.shape.Atom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Prints the class of a network on a device: its API, its task graphs, its kernels. */
final class TornadoWriter {
  /** Arrays that stay on the device from program to program. */
  static final List<String> KEPT =
      List.of("weights", "gradients", "state", "arena", "scratch", "results", "report");

  /** Arrays that no kernel of a plan names. */
  private static final List<String> MORE = List.of("upload", "runs", "settings", "state");

  private static final int METHODS_A_CLASS = 300;

  private static final List<String> IMPORTS =
      List.of(
          "dev.cortado.TrainingSession",
          "dev.cortado.compiled.DeviceArrays",
          "dev.cortado.compiled.DeviceFailure",
          "dev.cortado.compiled.DevicePrograms",
          "dev.cortado.compiled.TornadoNetwork",
          "dev.cortado.compiled.TornadoPredictor",
          "dev.cortado.compiled.TornadoSession",
          "dev.cortado.kernel.RandomNumbers",
          "dev.cortado.tornado.Device",
          "dev.cortado.tornado.Matrices",
          "dev.cortado.tornado.Tile",
          "dev.cortado.tornado.TileChoices",
          "dev.cortado.train.DeviceUpdate",
          "java.util.function.ToLongFunction",
          "uk.ac.manchester.tornado.api.GridScheduler",
          "uk.ac.manchester.tornado.api.ImmutableTaskGraph",
          "uk.ac.manchester.tornado.api.KernelContext",
          "uk.ac.manchester.tornado.api.TaskGraph",
          "uk.ac.manchester.tornado.api.TornadoExecutionPlan",
          "uk.ac.manchester.tornado.api.TornadoExecutionResult",
          "uk.ac.manchester.tornado.api.WorkerGrid1D",
          "uk.ac.manchester.tornado.api.annotations.Parallel",
          "uk.ac.manchester.tornado.api.enums.DataTransferMode",
          "uk.ac.manchester.tornado.api.enums.TornadoVMBackendType",
          "uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException",
          "uk.ac.manchester.tornado.api.math.TornadoMath",
          "uk.ac.manchester.tornado.api.types.arrays.FloatArray",
          "uk.ac.manchester.tornado.cublas.CuBlas",
          "uk.ac.manchester.tornado.cublas.enums.CuBlasOperation");

  private final Signature signature;
  private final @Nullable Plan plan;
  private final boolean libraries;
  private final String type;

  TornadoWriter(Signature signature, @Nullable Plan plan, boolean libraries) {
    this.signature = signature;
    this.plan = plan;
    this.libraries = libraries;
    this.type = className(signature);
  }

  static String className(Signature signature) {
    return signature.modelName() + "TornadoNetwork";
  }

  String text() {
    Lines body = new TornadoApi(signature, plan).text();
    if (plan != null) {
      body.addAll(new ProgramsWriter(plan, libraries).text());
    }
    String text = "TornadoNetwork " + body.text();
    String imports =
        IMPORTS.stream()
            .filter(i -> Pattern.compile("\\b" + simple(i) + "\\b").matcher(text).find())
            .map(i -> "import " + i + ";\n")
            .collect(Collectors.joining());
    String visible = signature.isPublic() ? "public " : "";
    Lines all = documentation();
    all.block(visible + "final class " + type + " extends TornadoNetwork", body);
    String header =
        signature.packageName().isEmpty() ? "" : "package " + signature.packageName() + ";\n\n";
    return header + imports + "\n" + all.text();
  }

  private static String simple(String qualified) {
    return qualified.substring(qualified.lastIndexOf('.') + 1);
  }

  private Lines documentation() {
    Lines lines = new Lines();
    lines.add("/**");
    lines.add(
        " * The network of {@code " + signature.modelReference() + "} on a device of TornadoVM,");
    lines.add(" * generated.");
    if (plan == null) {
      lines.add(" *");
      lines.add(" * <p>The model did not compile; only the API is here.");
    }
    return lines.add(" */");
  }

  /** The nested classes: session, programs, kernels. */
  private static final class ProgramsWriter {
    private final Plan plan;
    private final boolean libraries;
    private final List<Atom> symbols;
    private final Map<String, List<Part>> programs = new LinkedHashMap<>();
    private final Map<String, GraphWriter> writers = new LinkedHashMap<>();
    private final List<Task> tasks = new ArrayList<>();
    private final TaskNames kernels;

    ProgramsWriter(Plan plan, boolean libraries) {
      this.plan = plan;
      this.libraries = libraries;
      this.symbols = DeviceLayout.of(plan, plan.predict(), libraries).sizes();
      add(plan.predict());
      add(plan.evaluate());
      add(plan.train());
      add(plan.backward());
      programs
          .values()
          .forEach(p -> Part.graphs(p).forEach(g -> g.tasks().forEach(t -> tasks.addAll(t.all()))));
      kernels = new TaskNames(tasks);
    }

    private void add(@Nullable Program program) {
      if (program != null) {
        List<Part> parts = Part.of(program, DeviceLayout.of(plan, program, libraries));
        programs.put(program.name(), parts);
        writers.put(program.name(), new GraphWriter(symbols, program.name(), parts));
      }
    }

    Lines text() {
      Lines lines = new Lines();
      lines.add("").add("/** Hands batches to the programs. */");
      lines.block("private static final class Session extends TornadoSession", session());
      lines.add("").add("/** The task graphs, over the arrays of one session. */");
      lines.block("private static final class Programs implements DevicePrograms", programs());
      return lines.addAll(kernels());
    }

    private Lines session() {
      Lines lines = new Lines();
      lines.block(
          "Session(TornadoNetwork network, int maxBatch)",
          new Lines().add("super(network, maxBatch, " + depth(0, parts()) + ");"));
      lines.add("").add("@Override");
      lines.block(
          "protected DevicePrograms open(DeviceArrays on, Device device, int[] most,"
              + " boolean inputGradients, DeviceUpdate update)",
          new Lines().add("return new Programs(on, device, most, inputGradients, update);"));
      lines.add("").add("@Override");
      Lines scratch = new Lines();
      Integers longs = new Integers(a -> "most[" + symbols.indexOf(a) + "]", a -> true, "L");
      scratch.add("long floats = 1;");
      tasks.stream()
          .map(Task::scratch)
          .filter(p -> !p.isZero())
          .distinct()
          .forEach(p -> scratch.add("floats = Math.max(floats, " + longs.print(p) + ");"));
      lines.block("protected long scratch(int[] most)", scratch.add("return floats;"));
      return lines;
    }

    private List<Part> parts() {
      return programs.values().stream().flatMap(List::stream).toList();
    }

    private static int depth(int around, List<Part> parts) {
      int depth = around;
      for (Part part : parts) {
        if (part instanceof Part.Repeat r) {
          depth = Math.max(depth, depth(r.depth() + 1, r.body()));
        }
      }
      return depth;
    }

    private Lines programs() {
      Lines lines = new Lines();
      for (String array : DeviceLayout.ARRAYS) {
        lines.add("private final " + DeviceLayout.type(array) + " " + array + ";");
      }
      for (String array : MORE) {
        lines.add("private final " + DeviceLayout.type(array) + " " + array + ";");
      }
      lines.add("private final Device device;");
      symbols.forEach(s -> lines.add("private final int " + GraphWriter.name(s) + ";"));
      if (libraries) {
        lines.add("private final boolean libraries;");
        DeviceLayout.STAGED.forEach(a -> lines.add("private final FloatArray " + a + ";"));
      }
      lines.add("private final boolean inputGradients;");
      lines.add("private final DeviceUpdate update;");
      lines.add("private final KernelContext context = new KernelContext();");
      lines.add("private final GridScheduler grids = new GridScheduler();");
      lines.add("private final TornadoExecutionPlan plan;");
      lines.add("private TornadoExecutionResult last;");
      lines.add("").addAll(constructor());
      List<String> missing = new ArrayList<>(List.of("predict", "evaluate", "train", "backward"));
      int next = 2;
      for (GraphWriter writer : writers.values()) {
        lines.addAll(writer.schedule(next));
        next += writer.calls().size();
        missing.remove(writer.program());
      }
      if (missing.contains("train")) {
        missing.add("step");
      }
      for (String program : missing) {
        lines.add("").add("@Override");
        lines.block(
            "public void " + program + "()",
            new Lines().add("throw new UnsupportedOperationException(\"the model has no loss\");"));
      }
      lines.addAll(Template.read("Programs.txt", plan.signature().modelName()));
      if (libraries) {
        lines.addAll(Template.read("Libraries.txt"));
      }
      writers.values().forEach(w -> lines.addAll(w.graphs(this::reference, kernels)));
      return lines;
    }

    private Lines constructor() {
      Lines body = new Lines();
      for (String array : DeviceLayout.ARRAYS) {
        body.add("this." + array + " = on." + array + "();");
      }
      for (String array : MORE) {
        body.add("this." + array + " = on." + array + "();");
      }
      body.add("this.device = device;");
      for (int i = 0; i < symbols.size(); i++) {
        body.add("this." + GraphWriter.name(symbols.get(i)) + " = most[" + i + "];");
      }
      body.add("System.arraycopy(most, 0, sizes, 0, most.length);");
      body.add("this.inputGradients = inputGradients;");
      body.add("this.update = update;");
      if (libraries) {
        body.addAll(staging());
      }
      List<String> graphs = new ArrayList<>(List.of("startGraph()", "restoreGraph()"));
      writers.values().forEach(w -> graphs.addAll(w.calls()));
      body.add("this.plan = new TornadoExecutionPlan(" + String.join(", ", graphs) + ");");
      body.add(
          "plan.withDevice(TornadoExecutionPlan.getDevice(device.backend(), device.index()));");
      body.add("plan.withCompilerFlags(TornadoVMBackendType.OPENCL, \"-cl-mad-enable\");");
      return new Lines()
          .block(
              "Programs(DeviceArrays on, Device device, int[] most, boolean inputGradients,"
                  + " DeviceUpdate update)",
              body);
    }

    /** Room for the operands and the result of the largest products that go to a library. */
    private Lines staging() {
      List<String> products =
          writers.values().stream().flatMap(w -> w.libraryProducts().stream()).distinct().toList();
      Lines lines = new Lines();
      lines.add("this.libraries = device.hasLibraries();");
      lines.add("Matrices[] products = {" + String.join(", ", products) + "};");
      String left = "(long) m.count() * m.rows() * m.depth()";
      lines.add("this.stagedLeft = staged(products, m -> " + left + ");");
      lines.add(
          "this.stagedRight = staged(products, m -> " + left.replace("rows", "columns") + ");");
      lines.add(
          "this.stagedProduct = staged(products, m -> " + left.replace("depth", "columns") + ");");
      return lines;
    }

    /** A task's kernel, as a method reference. */
    private String reference(Task task) {
      String name = kernels.of(task);
      int number =
          IntStream.range(0, kernels.kernels().size())
              .filter(i -> kernels.of(kernels.kernels().get(i)).equals(name))
              .findFirst()
              .orElseThrow();
      return kernelClass(number / METHODS_A_CLASS) + "::" + name;
    }

    private static String kernelClass(int number) {
      return "Kernels" + (number == 0 ? "" : number + 1);
    }

    private Lines kernels() {
      Lines lines = new Lines();
      StringBuilder all = new StringBuilder();
      List<Task> printed = kernels.kernels();
      for (int from = 0; from < printed.size(); from += METHODS_A_CLASS) {
        Lines methods = new Lines();
        printed
            .subList(from, Math.min(printed.size(), from + METHODS_A_CLASS))
            .forEach(t -> methods.add("").addAll(kernel(t)));
        if (from == 0) {
          methods.addAll(Template.read("Kernels.txt"));
        }
        all.append(methods.text());
        lines.add("").add("/** What runs on the device. */");
        lines.block("static final class " + kernelClass(from / METHODS_A_CLASS), methods);
      }
      Lines functions = DeviceMath.needed(all.toString());
      if (!functions.isEmpty()) {
        lines.add("").add("/** Functions that TornadoVM lacks, in single precision. */");
        lines.block("static final class DeviceMath", functions);
      }
      return lines;
    }

    private Lines kernel(Task task) {
      Lines lines = new Lines();
      lines.add("// " + Comments.plain(task.title()));
      String source = Comments.source(task.origin());
      if (!source.isEmpty()) {
        lines.add("// " + source);
      }
      List<String> parameters = new ArrayList<>();
      if (task.inGroups()) {
        parameters.add("KernelContext context");
      }
      task.parameters().forEach(a -> parameters.add(DeviceLayout.type(a) + " " + a));
      task.starts().forEach(s -> parameters.add("int " + s.name()));
      if (task.grid() instanceof Task.Grid.Tiles) {
        parameters.addAll(List.of("int side", "int steps"));
      }
      return lines.block(
          "static void " + kernels.of(task) + "(" + String.join(", ", parameters) + ")",
          task.body());
    }
  }
}
