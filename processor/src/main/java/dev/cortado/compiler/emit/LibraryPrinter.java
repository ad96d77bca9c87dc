package dev.cortado.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Lowering.Contraction;
import dev.cortado.compiler.graph.Lowering.Contraction.Conv2d;
import dev.cortado.compiler.graph.Lowering.Contraction.MatMul;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Step;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.kernel.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Prints calls of the hand-written kernels of {@code dev.cortado.kernel}. */
final class LibraryPrinter {
  private final Map<String, String> constants = new LinkedHashMap<>();
  private final Map<String, Integer> slots = new LinkedHashMap<>();
  private final Names names = new Names();

  /** Geometries that are known now: what makes one, and the name of its constant. */
  Map<String, String> constants() {
    return constants;
  }

  CodeBlock call(
      Step.Library step,
      Function<Buffer, String> array,
      Function<Buffer, String> offset,
      Integers integers) {
    List<String> inputs = new ArrayList<>();
    for (Buffer b : step.inputs()) {
      inputs.add(array.apply(b));
      inputs.add(offset.apply(b));
    }
    List<String> output = new ArrayList<>();
    output.add(array.apply(step.output()));
    output.add(offset.apply(step.output()));
    Buffer second = step.second();
    if (second != null) {
      output.add(array.apply(second));
      output.add(offset.apply(second));
    }
    List<String> epilogue = epilogue(step.epilogue(), array, offset);
    return switch (step.call()) {
      case MatMul m -> matMul(m, inputs, epilogue, output, integers);
      case Conv2d c -> convolution(step, c, joined(inputs, epilogue, output), integers);
      case Lowering.MaxPool p ->
          maxPool(step, p, p.gradient() ? "gradient" : "forward", joined(inputs, output), integers);
      case Lowering.Spread s -> maxPool(step, s.pool(), "spread", joined(inputs, output), integers);
    };
  }

  /**
   * The rows from {@code first} to {@code last} of a matrix product that is no batch of them.
   *
   * @param packed the right matrix, packed
   */
  static CodeBlock rows(
      Step.Library step,
      String packed,
      Function<Buffer, String> array,
      Function<Buffer, String> offset,
      Integers integers) {
    MatMul m = (MatMul) step.call();
    Buffer a = step.inputs().get(0);
    List<String> arguments = new ArrayList<>();
    arguments.add("last - first");
    arguments.add(array.apply(a));
    arguments.add(row(offset.apply(a), m.k(), integers));
    arguments.addAll(epilogue(step.epilogue(), array, offset));
    arguments.add(array.apply(step.output()));
    arguments.add(row(offset.apply(step.output()), m.n(), integers));
    return RuntimeNames.code(ProgramWriter.text(packed + ".multiply", arguments));
  }

  /**
   * A matrix product that is no batch of them.
   *
   * @param packed the right matrix, packed
   */
  static CodeBlock product(
      Step.Library step,
      String packed,
      Function<Buffer, String> array,
      Function<Buffer, String> offset,
      Integers integers) {
    Buffer a = step.inputs().get(0);
    List<String> arguments = new ArrayList<>();
    arguments.add(integers.print(((MatMul) step.call()).m()));
    arguments.addAll(List.of(array.apply(a), offset.apply(a)));
    arguments.addAll(epilogue(step.epilogue(), array, offset));
    arguments.addAll(List.of(array.apply(step.output()), offset.apply(step.output())));
    return RuntimeNames.code(ProgramWriter.text(packed + ".multiply", arguments));
  }

  private static String row(String offset, Poly columns, Integers integers) {
    String rows = integers.factor(columns) + " * first";
    return offset.equals("0") ? rows : offset + " + " + rows;
  }

  /** Bias and activation as arguments; none when there is neither. */
  private static List<String> epilogue(
      Step.Epilogue epilogue, Function<Buffer, String> array, Function<Buffer, String> offset) {
    Buffer bias = epilogue.bias();
    return bias == null
        ? List.of()
        : List.of(
            array.apply(bias), offset.apply(bias), "Activation." + epilogue.activation().name());
  }

  @SafeVarargs
  private static List<String> joined(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  private static CodeBlock matMul(
      MatMul m,
      List<String> inputs,
      List<String> epilogue,
      List<String> output,
      Integers integers) {
    boolean batched = m.batchedA() || m.batchedB();
    List<String> arguments = new ArrayList<>();
    if (batched) {
      arguments.add(integers.print(m.batch()));
    }
    List.of(m.m(), m.n(), m.k()).forEach(p -> arguments.add(integers.print(p)));
    operand(arguments, inputs.subList(0, 2), m.batchedA(), batched, m.m().times(m.k()), integers);
    arguments.add(String.valueOf(m.transposeA()));
    operand(arguments, inputs.subList(2, 4), m.batchedB(), batched, m.k().times(m.n()), integers);
    arguments.add(String.valueOf(m.transposeB()));
    arguments.addAll(epilogue);
    operand(arguments, output, true, batched, m.m().times(m.n()), integers);
    return RuntimeNames.code(
        ProgramWriter.text(batched ? "Gemm.multiplyBatch" : "Gemm.multiply", arguments));
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
          case FORWARD -> step.epilogue().pooled() ? "forwardPooled" : "forward";
          case INPUT_GRADIENT -> "inputGradient";
          case WEIGHT_GRADIENT -> "weightGradient";
        };
    return RuntimeNames.code(ProgramWriter.text("Convolution." + method, arguments));
  }

  /** A constant, or a look-up of the geometry for the sizes of this run. */
  private String shape(Step.Library step, Conv2d c, Integers integers) {
    Buffer input =
        c.direction() == Contraction.Direction.INPUT_GRADIENT
            ? step.output()
            : step.inputs().get(0);
    Buffer output =
        switch (c.direction()) {
          case FORWARD -> step.output();
          case INPUT_GRADIENT -> step.inputs().get(0);
          case WEIGHT_GRADIENT -> step.inputs().get(1);
        };
    List<Poly> sizes =
        List.of(
            c.inChannels(), c.height(), c.width(), c.outChannels(), c.outHeight(), c.outWidth());
    int[] numbers = {
      c.kernelH(),
      c.kernelW(),
      c.strideH(),
      c.strideW(),
      c.padTop(),
      c.padLeft(),
      c.dilationH(),
      c.dilationW(),
      c.groups()
    };
    List<Layout> layouts =
        input.layout() == Layout.CHANNELS_FIRST && output.layout() == Layout.CHANNELS_FIRST
            ? List.of()
            : List.of(input.layout(), output.layout());
    return geometry(step, "ConvShape", "", sizes, numbers, layouts, integers);
  }

  private String geometry(
      Step.Library step,
      String type,
      String look,
      List<Poly> sizes,
      int[] numbers,
      List<Layout> layouts,
      Integers integers) {
    List<String> arguments = new ArrayList<>();
    sizes.forEach(p -> arguments.add(integers.print(p)));
    Arrays.stream(numbers).forEach(i -> arguments.add(String.valueOf(i)));
    layouts.forEach(l -> arguments.add("Layout." + l.name()));
    String text = String.join(", ", arguments);
    if (sizes.stream().allMatch(Poly::isConstant)) {
      return constants.computeIfAbsent(
          "new " + type + "(" + text + ")", x -> constant(step.name()));
    }
    return "shapes.of"
        + look
        + "("
        + slots.computeIfAbsent(type + text, x -> slots.size())
        + ", "
        + text
        + ")";
  }

  private CodeBlock maxPool(
      Step.Library step,
      Lowering.MaxPool p,
      String method,
      List<String> operands,
      Integers integers) {
    int[] numbers = {p.kernelH(), p.kernelW(), p.strideH(), p.strideW(), p.padTop(), p.padLeft()};
    List<Poly> sizes = List.of(p.channels(), p.height(), p.width(), p.outHeight(), p.outWidth());
    List<String> arguments = new ArrayList<>();
    List<Layout> layouts = List.of(step.output().layout());
    arguments.add(geometry(step, "PoolShape", "Pool", sizes, numbers, layouts, integers));
    arguments.add(integers.print(p.batch()));
    arguments.addAll(operands);
    return RuntimeNames.code(ProgramWriter.text("MaxPooling." + method, arguments));
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
}
