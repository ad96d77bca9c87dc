package dev.cortado.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.graph.Lowering.Contraction.MatMul;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Rows;
import dev.cortado.compiler.plan.Step;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.kernel.PackedMatrix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import javax.lang.model.element.Modifier;

/**
 * Writes a recurrence through which threads take rows of the batch on their own. The rows are
 * always cut at the same places, so that results do not depend on the number of threads.
 */
final class RowsWriter implements ProgramWriter.Way {
  /** Rows of the batch that go through a recurrence together. */
  private static final int ROWS = 32;

  /** A matrix as it is packed. */
  private record Packed(Buffer matrix, boolean transposed) {}

  private final ProgramWriter program;
  private final Step.Loop loop;
  private final Poly batch;

  /** The matrices that every step multiplies by, and the fields that hold them packed. */
  private final Map<Packed, String> packed = new HashMap<>();

  private final CodeBlock.Builder packing = CodeBlock.builder();

  RowsWriter(ProgramWriter program, Step.Loop loop, Poly batch) {
    this.program = program;
    this.loop = loop;
    this.batch = batch;
  }

  /** Adds the methods; returns the statements that run the recurrence. */
  CodeBlock share() {
    String name = program.member(loop.name() + "Rows");
    String step = program.member(loop.name() + "Step");
    program.methods(step, loop.body(), this);
    String n = program.integers().print(batch);
    program
        .classBuilder()
        .addMethod(
            MethodSpec.methodBuilder(name)
                .addJavadoc(
                    "All steps for parts {@code [from, to)} of the batch, $L rows each.\n", ROWS)
                .addModifiers(Modifier.PRIVATE)
                .addParameter(int.class, "from")
                .addParameter(int.class, "to")
                .beginControlFlow("for (int part = from; part < to; part++)")
                .addStatement("int first = $L * part", ROWS)
                .addStatement("int last = Math.min($L, first + $L)", n, ROWS)
                .beginControlFlow("$L", program.head(loop, "int "))
                .addStatement("$L($L)", step, String.join(", ", parameters()))
                .endControlFlow()
                .endControlFlow()
                .build());
    int number = program.shared(CodeBlock.of("$L(from, to);\n", name));
    return packing
        .add("share($L, Math.ceilDiv($L, $L), 1); // $L\n", number, n, ROWS, loop.name())
        .build();
  }

  @Override
  public List<String> parameters() {
    return List.of(program.loopVar(loop.var()), "first", "last");
  }

  @Override
  public CodeBlock locals(List<Step> steps) {
    return CodeBlock.of("");
  }

  @Override
  public CodeBlock step(Step step) {
    return switch (step) {
      case Step.Kernel k -> {
        Poly turns = Rows.turns((Stmt.For) k.body().getFirst(), batch);
        if (turns == null) {
          throw new IllegalStateException("not of rows: " + k.name());
        }
        String times = turns.equals(Poly.ONE) ? "" : program.integers().factor(turns) + " * ";
        yield program.call(program.kernels().method(k), times + "first", times + "last");
      }
      case Step.Library l ->
          LibraryPrinter.rows(
              l, packed(l), program.frame()::array, program::place, program.integers());
      case Step.Loop l -> throw new IllegalStateException("not of rows: " + l.name());
    };
  }

  /** The right operand packed: by the network, or before the recurrence into a field. */
  private String packed(Step.Library step) {
    OptionalInt matrix = program.weightMatrix(step, true);
    if (matrix.isPresent()) {
      return ProgramWriter.packed(matrix.getAsInt());
    }
    MatMul product = (MatMul) step.call();
    return packed.computeIfAbsent(
        new Packed(step.inputs().get(1), product.transposeB()), key -> field(key, product));
  }

  private String field(Packed key, MatMul product) {
    Frame frame = program.frame();
    String field = program.member(frame.names().unique(key.matrix.name() + ".packed"));
    program
        .classBuilder()
        .addField(
            FieldSpec.builder(PackedMatrix.class, field, Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new $T()", PackedMatrix.class)
                .build());
    packing.add(
        ProgramWriter.call(
            field + ".pack",
            List.of(
                program.integers().print(product.n()),
                program.integers().print(product.k()),
                frame.array(key.matrix),
                program.place(key.matrix),
                String.valueOf(key.transposed))));
    return field;
  }
}
