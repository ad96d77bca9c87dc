package dev.cortado.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Home;
import dev.cortado.compiler.plan.Program;
import dev.cortado.compiler.plan.Step;
import dev.cortado.compiler.plan.Usage;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * Prints one program as a class with a method {@code run}. A long program becomes several methods,
 * each short enough for HotSpot to compile.
 */
final class ProgramWriter {
  /** Rough bytes of bytecode in one method; HotSpot's limit is 8,000. */
  private static final int METHOD_BYTES = 4_000;

  private final Program program;
  private final Frame frame;
  private final Kernels kernels;
  private final LibraryPrinter library;
  private final TypeSpec.Builder type;
  private final Names methods = new Names();
  private final Map<Buffer, String> locals = new HashMap<>();
  private final Map<LoopVar, String> loopVars = new HashMap<>();
  private final Integers integers = new Integers(this::atom, a -> true, "");

  private ProgramWriter(
      String name, Program program, Frame frame, Kernels kernels, LibraryPrinter library) {
    this.program = program;
    this.frame = frame;
    this.kernels = kernels;
    this.library = library;
    this.type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
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
    writer.method("run", program.steps(), List.of());
    return writer.type.build();
  }

  /** Writes the method {@code name}; when it grows too long, it calls parts of it in order. */
  private void method(String name, List<Step> steps, List<LoopVar> vars) {
    methods.reserve(name);
    List<List<Step>> parts = parts(steps);
    if (parts.size() == 1) {
      add(name, vars, body(steps, vars));
      return;
    }
    CodeBlock.Builder calls = CodeBlock.builder();
    for (int i = 0; i < parts.size(); i++) {
      String part = methods.unique(name + (i + 1));
      calls.addStatement("$L($L)", part, arguments(vars));
      method(part, parts.get(i), vars);
    }
    add(name, vars, calls.build());
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

  private void add(String name, List<LoopVar> vars, CodeBlock body) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.STATIC);
    frame.params().forEach(p -> method.addParameter(p.type(), p.name()));
    vars.forEach(v -> method.addParameter(int.class, loopVar(v)));
    type.addMethod(method.addCode(body).build());
  }

  private String arguments(List<LoopVar> vars) {
    List<String> names = new ArrayList<>();
    frame.params().forEach(p -> names.add(p.name()));
    vars.forEach(v -> names.add(loopVar(v)));
    return String.join(", ", names);
  }

  private String loopVar(LoopVar v) {
    return loopVars.computeIfAbsent(v, x -> frame.names().unique(x.name()));
  }

  private CodeBlock body(List<Step> steps, List<LoopVar> vars) {
    CodeBlock.Builder code = CodeBlock.builder();
    Set<Buffer> used = new LinkedHashSet<>();
    steps.stream().filter(s -> !(s instanceof Step.Loop)).forEach(s -> used.addAll(bases(s)));
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
      CodeBlock call = step(step, vars);
      if (step.forInputGradients()) {
        code.beginControlFlow("if (wantsInputGradients)").add(call).endControlFlow();
      } else {
        code.add(call);
      }
    }
    return code.build();
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

  private CodeBlock step(Step step, List<LoopVar> vars) {
    return switch (step) {
      case Step.Kernel k -> kernel(k);
      case Step.Library l -> library.call(l, frame::array, this::offset, integers);
      case Step.Loop l -> loop(l, vars);
    };
  }

  private CodeBlock kernel(Step.Kernel kernel) {
    Kernels.Method method = kernels.method(kernel);
    List<String> arguments = new ArrayList<>();
    if (method.hasRange()) {
      arguments.add("0");
      arguments.add(integers.print(((Stmt.For) kernel.body().getFirst()).extent()));
    }
    method.sizes().forEach(a -> arguments.add(atom(a)));
    if (method.random()) {
      arguments.add("seed");
      arguments.add("step");
    }
    for (Buffer b : method.operands()) {
      arguments.add(frame.array(b));
      arguments.add(offset(b));
    }
    return call(method.type() + "." + method.name(), arguments);
  }

  /** A call on one line if it fits, else with continuation lines. */
  static CodeBlock call(String method, List<String> arguments) {
    return CodeBlock.of("$L", text(method, arguments));
  }

  static String text(String method, List<String> arguments) {
    return new Lines().add(method + "(" + String.join(", ", arguments) + ");").text();
  }

  private CodeBlock loop(Step.Loop loop, List<LoopVar> vars) {
    List<LoopVar> inside = new ArrayList<>(vars);
    inside.add(loop.var());
    String name = methods.unique(loop.name() + "Step");
    method(name, loop.body(), inside);
    String t = loopVar(loop.var());
    String length = integers.print(loop.length());
    String head =
        loop.reverse()
            ? "for (int %1$s = %2$s - 1; %1$s >= 0; %1$s--)"
            : "for (int %1$s = 0; %1$s < %2$s; %1$s++)";
    return CodeBlock.builder()
        .beginControlFlow("$L", head.formatted(t, length))
        .addStatement("$L($L)", name, arguments(inside))
        .endControlFlow()
        .build();
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
