package dev.cortado.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Home;
import dev.cortado.compiler.plan.Program;
import dev.cortado.compiler.plan.Rows;
import dev.cortado.compiler.plan.Step;
import dev.cortado.compiler.plan.Usage;
import dev.cortado.compiler.plan.Work;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.kernel.RangeTask;
import dev.cortado.kernel.Team;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * Prints one program as a class with a method {@code run}. A long program becomes several methods,
 * each short enough for HotSpot to compile. What a run works on stands in fields, so that the
 * threads of a team can share a loop without anything being allocated.
 */
final class ProgramWriter {
  /** Rough bytes of bytecode in one method; HotSpot's limit is 8,000. */
  private static final int METHOD_BYTES = 4_000;

  private static final int LOOPS_A_METHOD = 30;

  private final Program program;
  private final Frame frame;
  private final Kernels kernels;
  private final LibraryPrinter library;
  private final WeightMatrices matrices;
  private final TypeSpec.Builder type;
  private final Names methods = new Names();
  private final Map<Buffer, String> locals = new HashMap<>();
  private final Map<LoopVar, String> loopVars = new HashMap<>();
  private final Set<String> loopFields = new LinkedHashSet<>();
  private final List<CodeBlock> shared = new ArrayList<>();
  private final Integers integers = new Integers(this::atom, a -> true, "");

  private ProgramWriter(
      String name,
      Program program,
      Frame frame,
      Kernels kernels,
      LibraryPrinter library,
      WeightMatrices matrices) {
    this.program = program;
    this.frame = frame;
    this.kernels = kernels;
    this.library = library;
    this.matrices = matrices;
    this.type =
        TypeSpec.classBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
  }

  static TypeSpec write(
      String name,
      Program program,
      Frame frame,
      Kernels kernels,
      LibraryPrinter library,
      WeightMatrices matrices) {
    ProgramWriter writer = new ProgramWriter(name, program, frame, kernels, library, matrices);
    writer.type.addJavadoc(
        "The program {@code $L}. Workspace: {@code $L} floats; its buffers one by one would take"
            + " {@code $L}.\n",
        program.name(),
        program.arena().size(),
        program.arena().separately());
    return writer.type();
  }

  private TypeSpec type() {
    frame.params().forEach(p -> type.addField(p.type(), p.name(), Modifier.PRIVATE));
    methods.reserve("run", "share");
    methods("steps", program.steps(), new WholeBatch());
    loopFields.forEach(v -> type.addField(int.class, v, Modifier.PRIVATE));
    type.addMethod(run());
    if (!shared.isEmpty()) {
      share();
    }
    return type.build();
  }

  private MethodSpec run() {
    MethodSpec.Builder method = MethodSpec.methodBuilder("run");
    frame.params().forEach(p -> method.addParameter(p.type(), p.name()));
    frame.params().forEach(p -> method.addStatement("this.$1L = $1L", p.name()));
    return method.addStatement("steps()").build();
  }

  /** What makes the class a task of which threads do parts. */
  private void share() {
    type.addSuperinterface(RangeTask.class)
        .addField(int.class, "loop", Modifier.PRIVATE)
        .addMethod(
            MethodSpec.methodBuilder("share")
                .addJavadoc("Runs a loop of {@code size} turns, at least {@code grain} a thread.\n")
                .addModifiers(Modifier.PRIVATE)
                .addParameter(int.class, "number")
                .addParameter(int.class, "size")
                .addParameter(int.class, "grain")
                .addStatement("loop = number")
                .addStatement("$T.run(size, grain, this)", Team.class)
                .build());
    MethodSpec.Builder run =
        MethodSpec.methodBuilder("run")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PUBLIC)
            .addParameter(int.class, "from")
            .addParameter(int.class, "to");
    List<MethodSpec> parts = new ArrayList<>();
    for (int first = 0; first < shared.size(); first += LOOPS_A_METHOD) {
      int end = Math.min(shared.size(), first + LOOPS_A_METHOD);
      MethodSpec.Builder part =
          MethodSpec.methodBuilder(methods.unique("loops"))
              .addModifiers(Modifier.PRIVATE)
              .addParameter(int.class, "from")
              .addParameter(int.class, "to")
              .beginControlFlow("switch (loop)");
      for (int i = first; i < end; i++) {
        part.addCode("case $L -> ", i).addCode(shared.get(i));
      }
      parts.add(
          part.addStatement("default -> throw new $T()", AssertionError.class)
              .endControlFlow()
              .build());
      if (end < shared.size()) {
        run.beginControlFlow("if (loop < $L)", end)
            .addStatement("$L(from, to)", parts.getLast().name())
            .addStatement("return")
            .endControlFlow();
      } else {
        run.addStatement("$L(from, to)", parts.getLast().name());
      }
    }
    type.addMethod(run.build());
    parts.forEach(type::addMethod);
  }

  /** How the steps of a method are written, and what it is handed. */
  interface Way {
    /** Names of integers. */
    List<String> parameters();

    /** Declarations before the steps. */
    CodeBlock locals(List<Step> steps);

    CodeBlock step(Step step);
  }

  /** The steps of a program, for a whole batch. */
  private final class WholeBatch implements Way {
    @Override
    public List<String> parameters() {
      return List.of();
    }

    @Override
    public CodeBlock locals(List<Step> steps) {
      CodeBlock.Builder code = CodeBlock.builder();
      Set<Buffer> used = new LinkedHashSet<>();
      steps.stream().filter(s -> !isElsewhere(s)).forEach(s -> used.addAll(bases(s)));
      for (Buffer b : used) {
        if (b.inWorkspace()) {
          String start = integers.print(program.arena().offset(b));
          code.add("int $L = $L; // $L\n", local(b), start, b.type().shape());
        }
      }
      return code.build();
    }

    @Override
    public CodeBlock step(Step step) {
      CodeBlock call =
          switch (step) {
            case Step.Kernel k -> kernel(k);
            case Step.Library l -> library(l);
            case Step.Loop l -> loop(l);
          };
      return step.forInputGradients()
          ? CodeBlock.builder()
              .beginControlFlow("if (wantsInputGradients)")
              .add(call)
              .endControlFlow()
              .build()
          : call;
    }
  }

  /** Writes the method {@code name}; when it grows too long, it calls parts of it in order. */
  void methods(String name, List<Step> steps, Way way) {
    methods.reserve(name);
    List<List<Step>> parts = parts(steps);
    CodeBlock.Builder code = CodeBlock.builder();
    if (parts.size() == 1) {
      code.add(way.locals(steps)).add(body(steps, way));
    } else {
      for (int i = 0; i < parts.size(); i++) {
        String part = methods.unique(name + (i + 1));
        code.addStatement("$L($L)", part, String.join(", ", way.parameters()));
        methods(part, parts.get(i), way);
      }
    }
    MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE);
    way.parameters().forEach(p -> method.addParameter(int.class, p));
    type.addMethod(method.addCode(code.build()).build());
  }

  private static CodeBlock body(List<Step> steps, Way way) {
    CodeBlock.Builder code = CodeBlock.builder();
    String source = "";
    for (Step step : steps) {
      String own = Comments.source(step.origin());
      if (!own.isEmpty() && !own.equals(source)) {
        code.add("\n// $L\n", own);
        source = own;
      }
      code.add(way.step(step));
    }
    return code.build();
  }

  private static List<List<Step>> parts(List<Step> steps) {
    List<List<Step>> parts = new ArrayList<>();
    int bytes = METHOD_BYTES;
    for (Step step : steps) {
      int own = bytes(step);
      if (bytes + own > METHOD_BYTES) {
        parts.add(new ArrayList<>());
        bytes = 0;
      }
      parts.getLast().add(step);
      bytes += own;
    }
    if (parts.isEmpty()) {
      parts.add(List.of());
    }
    return parts;
  }

  private static int bytes(Step step) {
    return switch (step) {
      case Step.Kernel k -> {
        Usage usage = Usage.of(k.body());
        yield 30 + 25 * (usage.written().size() + usage.read().size());
      }
      case Step.Library l -> 220;
      case Step.Loop l -> 100;
    };
  }

  String loopVar(LoopVar v) {
    return loopVars.computeIfAbsent(v, x -> frame.names().unique(x.name()));
  }

  /** Whether the step's operands are named in another method. */
  private static boolean isElsewhere(Step step) {
    return step instanceof Step.Loop
        || (step instanceof Step.Kernel k && KernelPrinter.hasRange(k.body()));
  }

  private static Set<Buffer> bases(Step step) {
    Usage usage = Usage.of(step);
    Set<Buffer> bases = new LinkedHashSet<>();
    usage.written().forEach(b -> bases.add(b.base()));
    usage.read().forEach(b -> bases.add(b.base()));
    return bases;
  }

  private String local(Buffer b) {
    return locals.computeIfAbsent(b, x -> frame.names().unique(x.name()));
  }

  private CodeBlock library(Step.Library step) {
    OptionalInt matrix = weightMatrix(step, false);
    return matrix.isPresent()
        ? LibraryPrinter.product(
            step, packed(matrix.getAsInt()), frame::array, this::offset, integers)
        : library.call(step, frame::array, this::offset, integers);
  }

  /**
   * Which of the matrices that the network lays out once is the right operand of a step.
   *
   * @param repeated whether the step runs several times a prediction
   */
  OptionalInt weightMatrix(Step.Library step, boolean repeated) {
    return frame.kind() == Frame.Kind.PREDICT
        ? matrices.index(step, repeated)
        : OptionalInt.empty();
  }

  static String packed(int matrix) {
    return "packed.matrix(" + matrix + ")";
  }

  private CodeBlock kernel(Step.Kernel kernel) {
    Kernels.Method method = kernels.method(kernel);
    if (!method.hasRange()) {
      return call(method, "", "");
    }
    Stmt.For loop = (Stmt.For) kernel.body().getFirst();
    return CodeBlock.of(
        "share($L, $L, $L); // $L: $L\n",
        shared(call(method, "from", "to")),
        integers.print(loop.extent()),
        Work.grain(loop),
        method.name(),
        kernel.title());
  }

  CodeBlock call(Kernels.Method method, String from, String to) {
    List<String> arguments = new ArrayList<>();
    if (method.hasRange()) {
      arguments.add(from);
      arguments.add(to);
    }
    method.sizes().forEach(a -> arguments.add(atom(a)));
    if (method.random()) {
      arguments.add("seed");
      arguments.add("step");
    }
    for (Buffer b : method.operands()) {
      arguments.add(frame.array(b));
      arguments.add(method.hasRange() ? place(b) : offset(b));
    }
    return call(method.type() + "." + method.name(), arguments);
  }

  /** Where a buffer starts in its array, written out. */
  String place(Buffer buffer) {
    return switch (buffer.home()) {
      case Home.Workspace w -> integers.print(program.arena().offset(buffer));
      case Home.View(Buffer of, Poly start) -> integers.sum(place(of), start);
      default -> frame.start(buffer);
    };
  }

  /** A call on one line if it fits, else with continuation lines. */
  static CodeBlock call(String method, List<String> arguments) {
    return CodeBlock.of("$L", text(method, arguments));
  }

  static String text(String method, List<String> arguments) {
    return new Lines().add(method + "(" + String.join(", ", arguments) + ");").text();
  }

  private CodeBlock loop(Step.Loop loop) {
    if (frame.batch() != null && Rows.areIndependent(loop, frame.batch())) {
      return new RowsWriter(this, loop, frame.batch()).share();
    }
    String name = methods.unique(loop.name() + "Step");
    methods(name, loop.body(), new WholeBatch());
    loopFields.add(loopVar(loop.var()));
    return CodeBlock.builder()
        .beginControlFlow("$L", head(loop, ""))
        .addStatement("$L()", name)
        .endControlFlow()
        .build();
  }

  String head(Step.Loop loop, String declared) {
    String t = loopVar(loop.var());
    String length = integers.print(loop.length());
    return loop.reverse()
        ? "for (%3$s%1$s = %2$s - 1; %1$s >= 0; %1$s--)".formatted(t, length, declared)
        : "for (%3$s%1$s = 0; %1$s < %2$s; %1$s++)".formatted(t, length, declared);
  }

  Frame frame() {
    return frame;
  }

  Kernels kernels() {
    return kernels;
  }

  Integers integers() {
    return integers;
  }

  TypeSpec.Builder classBuilder() {
    return type;
  }

  /** A name for a member of the class. */
  String member(String name) {
    return methods.unique(name);
  }

  /** Adds a loop that threads share; returns its number. */
  int shared(CodeBlock call) {
    shared.add(call);
    return shared.size() - 1;
  }

  /** Where a buffer starts in its array. */
  private String offset(Buffer buffer) {
    return switch (buffer.home()) {
      case Home.Workspace w -> local(buffer);
      case Home.View(Buffer of, Poly start) -> integers.sum(offset(of), start);
      default -> frame.start(buffer);
    };
  }

  private String atom(Atom atom) {
    return switch (atom) {
      case Atom.Symbol s -> Names.identifier(s.name());
      case LoopVar v -> loopVar(v);
      default -> throw new IllegalStateException("not known outside of kernels: " + atom);
    };
  }
}
