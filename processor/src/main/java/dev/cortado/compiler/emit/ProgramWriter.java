package dev.cortado.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.graph.Lowering.Contraction.MatMul;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Home;
import dev.cortado.compiler.plan.Program;
import dev.cortado.compiler.plan.Rows;
import dev.cortado.compiler.plan.Step;
import dev.cortado.compiler.plan.Usage;
import dev.cortado.compiler.plan.Work;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.kernel.PackedMatrix;
import dev.cortado.kernel.RangeTask;
import dev.cortado.kernel.Team;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  /** Rows of the batch that go through a recurrence together. */
  private static final int ROWS = 32;

  private final Program program;
  private final Frame frame;
  private final Kernels kernels;
  private final LibraryPrinter library;
  private final TypeSpec.Builder type;
  private final Names methods = new Names();
  private final Map<Buffer, String> locals = new HashMap<>();
  private final Map<LoopVar, String> loopVars = new HashMap<>();
  private final Set<String> loopFields = new LinkedHashSet<>();
  private final List<CodeBlock> shared = new ArrayList<>();
  private final Integers integers = new Integers(this::atom, a -> true, "");

  private ProgramWriter(
      String name, Program program, Frame frame, Kernels kernels, LibraryPrinter library) {
    this.program = program;
    this.frame = frame;
    this.kernels = kernels;
    this.library = library;
    this.type =
        TypeSpec.classBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
  }

  static TypeSpec write(
      String name, Program program, Frame frame, Kernels kernels, LibraryPrinter library) {
    ProgramWriter writer = new ProgramWriter(name, program, frame, kernels, library);
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
    methods("steps", program.steps());
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

  /** Writes the method {@code name}; when it grows too long, it calls parts of it in order. */
  private void methods(String name, List<Step> steps) {
    methods.reserve(name);
    List<List<Step>> parts = parts(steps);
    if (parts.size() == 1) {
      add(name, body(steps));
      return;
    }
    CodeBlock.Builder calls = CodeBlock.builder();
    for (int i = 0; i < parts.size(); i++) {
      String part = methods.unique(name + (i + 1));
      calls.addStatement("$L()", part);
      methods(part, parts.get(i));
    }
    add(name, calls.build());
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

  private void add(String name, CodeBlock body) {
    type.addMethod(
        MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE).addCode(body).build());
  }

  private String loopVar(LoopVar v) {
    return loopVars.computeIfAbsent(v, x -> frame.names().unique(x.name()));
  }

  private CodeBlock body(List<Step> steps) {
    CodeBlock.Builder code = CodeBlock.builder();
    Set<Buffer> used = new LinkedHashSet<>();
    steps.stream().filter(s -> !isElsewhere(s)).forEach(s -> used.addAll(bases(s)));
    for (Buffer b : used) {
      if (b.inWorkspace()) {
        code.add(
            "int $L = $L; // $L\n",
            local(b),
            integers.print(program.arena().offset(b)),
            b.type().shape());
      }
    }
    String source = "";
    for (Step step : steps) {
      String own = Comments.source(step.origin());
      if (!own.isEmpty() && !own.equals(source)) {
        code.add("\n// $L\n", own);
        source = own;
      }
      CodeBlock call = step(step);
      if (step.forInputGradients()) {
        code.beginControlFlow("if (wantsInputGradients)").add(call).endControlFlow();
      } else {
        code.add(call);
      }
    }
    return code.build();
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

  private CodeBlock step(Step step) {
    return switch (step) {
      case Step.Kernel k -> kernel(k);
      case Step.Library l -> library.call(l, frame::array, this::offset, integers);
      case Step.Loop l -> loop(l);
    };
  }

  private CodeBlock kernel(Step.Kernel kernel) {
    Kernels.Method method = kernels.method(kernel);
    if (!method.hasRange()) {
      return call(method, "", "");
    }
    Stmt.For loop = (Stmt.For) kernel.body().getFirst();
    shared.add(call(method, "from", "to"));
    return CodeBlock.of(
        "share($L, $L, $L); // $L: $L\n",
        shared.size() - 1,
        integers.print(loop.extent()),
        Work.grain(loop),
        method.name(),
        kernel.title());
  }

  private CodeBlock call(Kernels.Method method, String from, String to) {
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
  private String place(Buffer buffer) {
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
      return new RowsWriter(loop, frame.batch()).share();
    }
    String name = methods.unique(loop.name() + "Step");
    methods(name, loop.body());
    loopFields.add(loopVar(loop.var()));
    return CodeBlock.builder()
        .beginControlFlow("$L", head(loop, ""))
        .addStatement("$L()", name)
        .endControlFlow()
        .build();
  }

  private String head(Step.Loop loop, String declared) {
    String t = loopVar(loop.var());
    String length = integers.print(loop.length());
    return loop.reverse()
        ? "for (%3$s%1$s = %2$s - 1; %1$s >= 0; %1$s--)".formatted(t, length, declared)
        : "for (%3$s%1$s = 0; %1$s < %2$s; %1$s++)".formatted(t, length, declared);
  }

  /** A matrix as it is packed. */
  private record Packed(Buffer matrix, boolean transposed) {}

  /**
   * Writes a recurrence through which threads take rows of the batch on their own. The rows are
   * always cut at the same places, so that results do not depend on the number of threads.
   */
  private final class RowsWriter {
    private final Step.Loop loop;
    private final Poly batch;

    /** The matrices that every step multiplies by, and the fields that hold them packed. */
    private final Map<Packed, String> packed = new HashMap<>();

    private final CodeBlock.Builder packing = CodeBlock.builder();

    RowsWriter(Step.Loop loop, Poly batch) {
      this.loop = loop;
      this.batch = batch;
    }

    CodeBlock share() {
      String name = methods.unique(loop.name() + "Rows");
      String step = methods.unique(loop.name() + "Step");
      steps(step, loop.body());
      String n = integers.print(batch);
      type.addMethod(
          MethodSpec.methodBuilder(name)
              .addJavadoc(
                  "All steps for parts {@code [from, to)} of the batch, $L rows each.\n", ROWS)
              .addModifiers(Modifier.PRIVATE)
              .addParameter(int.class, "from")
              .addParameter(int.class, "to")
              .beginControlFlow("for (int part = from; part < to; part++)")
              .addStatement("int first = $L * part", ROWS)
              .addStatement("int last = Math.min($L, first + $L)", n, ROWS)
              .beginControlFlow("$L", head(loop, "int "))
              .addStatement("$L($L, first, last)", step, loopVar(loop.var()))
              .endControlFlow()
              .endControlFlow()
              .build());
      shared.add(CodeBlock.of("$L(from, to);\n", name));
      return packing
          .add(
              "share($L, Math.ceilDiv($L, $L), 1); // $L\n",
              shared.size() - 1,
              n,
              ROWS,
              loop.name())
          .build();
    }

    private void steps(String name, List<Step> steps) {
      List<List<Step>> parts = parts(steps);
      CodeBlock.Builder code = CodeBlock.builder();
      if (parts.size() == 1) {
        String source = "";
        for (Step step : steps) {
          String own = Comments.source(step.origin());
          if (!own.isEmpty() && !own.equals(source)) {
            code.add("\n// $L\n", own);
            source = own;
          }
          code.add(step(step));
        }
      } else {
        for (int i = 0; i < parts.size(); i++) {
          String part = methods.unique(name + (i + 1));
          code.addStatement("$L($L, first, last)", part, loopVar(loop.var()));
          steps(part, parts.get(i));
        }
      }
      type.addMethod(
          MethodSpec.methodBuilder(name)
              .addModifiers(Modifier.PRIVATE)
              .addParameter(int.class, loopVar(loop.var()))
              .addParameter(int.class, "first")
              .addParameter(int.class, "last")
              .addCode(code.build())
              .build());
    }

    /** The field that holds a matrix packed; packing it goes before the recurrence. */
    private String packed(Buffer matrix, MatMul product) {
      return packed.computeIfAbsent(
          new Packed(matrix, product.transposeB()),
          key -> {
            String field = methods.unique(frame.names().unique(matrix.name() + ".packed"));
            type.addField(
                FieldSpec.builder(PackedMatrix.class, field, Modifier.PRIVATE, Modifier.FINAL)
                    .initializer("new $T()", PackedMatrix.class)
                    .build());
            packing.add(
                ProgramWriter.call(
                    field + ".pack",
                    List.of(
                        integers.print(product.n()),
                        integers.print(product.k()),
                        frame.array(matrix),
                        place(matrix),
                        String.valueOf(product.transposeB()))));
            return field;
          });
    }

    private CodeBlock step(Step step) {
      return switch (step) {
        case Step.Kernel k -> {
          Poly turns = Rows.turns((Stmt.For) k.body().getFirst(), batch);
          if (turns == null) {
            throw new IllegalStateException("not of rows: " + k.name());
          }
          String times = turns.equals(Poly.ONE) ? "" : integers.factor(turns) + " * ";
          yield call(kernels.method(k), times + "first", times + "last");
        }
        case Step.Library l ->
            LibraryPrinter.rows(
                l,
                (MatMul) l.call(),
                packed(l.inputs().get(1), (MatMul) l.call()),
                frame::array,
                ProgramWriter.this::place,
                integers);
        case Step.Loop l -> throw new IllegalStateException("not of rows: " + l.name());
      };
    }
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
