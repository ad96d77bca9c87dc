package dev.cortado.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import dev.cortado.compiler.graph.Lowering.Contraction;
import dev.cortado.compiler.graph.Lowering.Contraction.Conv2d;
import dev.cortado.compiler.graph.Lowering.Contraction.MatMul;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Step;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.kernel.ConvShape;
import dev.cortado.kernel.Convolution;
import dev.cortado.kernel.Gemm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Prints calls of the hand-written kernels of {@code dev.cortado.kernel}. */
final class LibraryPrinter {
  private final Map<String, String> constants = new LinkedHashMap<>();
  private final Map<String, Integer> slots = new LinkedHashMap<>();
  private final Names names = new Names();

  /** Geometries of convolutions that are known now: arguments of the constructor to constant. */
  Map<String, String> constants() {
    return constants;
  }

  CodeBlock call(
      Step.Library step,
      Function<Buffer, String> array,
      Function<Buffer, String> offset,
      Integers integers) {
    List<String> operands = new ArrayList<>();
    for (Buffer b : List.of(step.inputs().get(0), step.inputs().get(1), step.output())) {
      operands.add(array.apply(b));
      operands.add(offset.apply(b));
    }
    return switch (step.call()) {
      case MatMul m -> matMul(m, operands, integers);
      case Conv2d c -> convolution(step, c, operands, integers);
    };
  }

  private static CodeBlock matMul(MatMul m, List<String> o, Integers integers) {
    boolean batched = m.batchedA() || m.batchedB();
    List<String> arguments = new ArrayList<>();
    if (batched) {
      arguments.add(integers.print(m.batch()));
    }
    List.of(m.m(), m.n(), m.k()).forEach(p -> arguments.add(integers.print(p)));
    operand(arguments, o.subList(0, 2), m.batchedA(), batched, m.m().times(m.k()), integers);
    arguments.add(String.valueOf(m.transposeA()));
    operand(arguments, o.subList(2, 4), m.batchedB(), batched, m.k().times(m.n()), integers);
    arguments.add(String.valueOf(m.transposeB()));
    operand(arguments, o.subList(4, 6), true, batched, m.m().times(m.n()), integers);
    return CodeBlock.of(
        "$T.$L", Gemm.class, ProgramWriter.call(batched ? "multiplyBatch" : "multiply", arguments));
  }

  private static void operand(
      List<String> arguments,
      List<String> operand,
      boolean moves,
      boolean batched,
      Poly elements,
      Integers integers) {
    arguments.addAll(operand);
    if (batched) {
      arguments.add(moves ? integers.print(elements) : "0");
    }
  }

  private CodeBlock convolution(
      Step.Library step, Conv2d c, List<String> operands, Integers integers) {
    List<String> arguments = new ArrayList<>();
    arguments.add(shape(step, c, integers));
    arguments.add(integers.print(c.batch()));
    arguments.addAll(operands);
    String method =
        switch (c.direction()) {
          case FORWARD -> "forward";
          case INPUT_GRADIENT -> "inputGradient";
          case WEIGHT_GRADIENT -> "weightGradient";
        };
    return CodeBlock.of("$T.$L", Convolution.class, ProgramWriter.call(method, arguments));
  }

  /** A constant, or a look-up of the geometry for the sizes of this run. */
  private String shape(Step.Library step, Conv2d c, Integers integers) {
    List<Poly> sizes =
        List.of(
            c.inChannels(), c.height(), c.width(), c.outChannels(), c.outHeight(), c.outWidth());
    List<String> arguments = new ArrayList<>();
    sizes.forEach(p -> arguments.add(integers.print(p)));
    for (int i :
        new int[] {
          c.kernelH(),
          c.kernelW(),
          c.strideH(),
          c.strideW(),
          c.padTop(),
          c.padLeft(),
          c.dilationH(),
          c.dilationW(),
          c.groups()
        }) {
      arguments.add(String.valueOf(i));
    }
    String text = String.join(", ", arguments);
    if (sizes.stream().allMatch(Poly::isConstant)) {
      return constants.computeIfAbsent(text, x -> constant(step.name()));
    }
    return "shapes.of(" + slots.computeIfAbsent(text, x -> slots.size()) + ", " + text + ")";
  }

  private String constant(String name) {
    String camel = names.unique(name);
    StringBuilder constant = new StringBuilder();
    for (char ch : camel.toCharArray()) {
      if (Character.isUpperCase(ch)) {
        constant.append('_');
      }
      constant.append(Character.toUpperCase(ch));
    }
    return constant.toString();
  }

  static Class<?> shapeType() {
    return ConvShape.class;
  }

  static boolean isConvolution(Contraction call) {
    return call instanceof Conv2d;
  }
}
