package dev.cortado.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import dev.cortado.Port;
import dev.cortado.compiled.ParameterTable;
import dev.cortado.compiled.Ports;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.op.Parameter;
import dev.cortado.compiler.op.Parameter.Initializer;
import dev.cortado.compiler.plan.Plan;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Prints what a network says about itself: its parameters, its ports. */
final class Tables {
  /** Characters in one string of a class file, with room for those that take more than a byte. */
  private static final int STRING = 20_000;

  private Tables() {}

  static FieldSpec parameters(@Nullable Plan plan) {
    StringBuilder text = new StringBuilder();
    if (plan != null) {
      plan.parameters().parameters().forEach(p -> text.append(line(p)).append('\n'));
    }
    return FieldSpec.builder(ParameterTable.class, "PARAMETERS")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer("\n$T.parse(\n$L)", ParameterTable.class, text(text.toString()))
        .build();
  }

  private static String line(Parameter p) {
    String start =
        switch (p.initializer()) {
          case Initializer.Constant(double value) -> "constant " + value;
          case Initializer.Uniform(double low, double high) -> "uniform " + low + " " + high;
          case Initializer.Normal(double mean, double deviation) ->
              "normal " + mean + " " + deviation;
          case Initializer.Values(List<Double> values) ->
              "values "
                  + values.stream()
                      .map(v -> Float.toString(v.floatValue()))
                      .collect(Collectors.joining(" "));
        };
    return p.path() + " " + p.shape() + " " + start;
  }

  /** A text block, or several when it is too long for one string. */
  static CodeBlock text(String text) {
    if (text.isEmpty()) {
      return CodeBlock.of("$S", "");
    }
    List<CodeBlock> blocks = new ArrayList<>();
    for (int from = 0; from < text.length(); from += STRING) {
      blocks.add(block(text.substring(from, Math.min(text.length(), from + STRING))));
    }
    return CodeBlock.join(blocks, ",\n");
  }

  private static CodeBlock block(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"\"\"", "\\\"\"\"");
    String closed = escaped.endsWith("\n") ? escaped : escaped + "\\\n";
    return CodeBlock.of("$L", "\"\"\"\n" + closed + "\"\"\"");
  }

  static CodeBlock ports(Signature signature, @Nullable Plan plan) {
    List<CodeBlock> outputs = new ArrayList<>();
    for (int i = 0; i < signature.outputs().size(); i++) {
      Shape shape = plan == null ? Shape.SCALAR : plan.outputs().get(i);
      outputs.add(port(signature.outputs().get(i), Port.Kind.FLOAT, shape, 0));
    }
    return CodeBlock.of(
        "new $T(\n    $L,\n    $L,\n    $L,\n    $L,\n    $L)",
        Ports.class,
        list(ports(signature.inputs(), 0, plan)),
        list(ports(signature.targets(), signature.inputs().size(), plan)),
        list(outputs),
        list(signature.symbols().stream().map(s -> CodeBlock.of("$S", s)).toList()),
        list(ranges(plan)));
  }

  private static CodeBlock list(List<CodeBlock> elements) {
    return CodeBlock.of("$T.of($L)", List.class, CodeBlock.join(elements, ", "));
  }

  private static List<CodeBlock> ports(List<Signature.Port> ports, int first, @Nullable Plan plan) {
    List<CodeBlock> blocks = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      Signature.Port p = ports.get(i);
      Port.Kind kind =
          switch (p.element()) {
            case FLOAT -> Port.Kind.FLOAT;
            case INT -> Port.Kind.INT;
            case LABEL -> Port.Kind.LABEL;
          };
      int port = first + i;
      int classes =
          plan == null
              ? 0
              : plan.ranges().stream()
                  .filter(r -> r.port() == port)
                  .mapToInt(Ports.IndexRange::count)
                  .min()
                  .orElse(0);
      blocks.add(port(p.name(), kind, p.shape(), classes));
    }
    return blocks;
  }

  private static CodeBlock port(String name, Port.Kind kind, Shape shape, int classes) {
    List<CodeBlock> dims = new ArrayList<>();
    for (Poly dim : shape.dims()) {
      dims.add(CodeBlock.of("$S", dim.toString()));
    }
    return CodeBlock.of(
        "new $T($S, $T.$L, $L, $L)",
        Port.class,
        name,
        Port.Kind.class,
        kind.name(),
        list(dims),
        classes);
  }

  private static List<CodeBlock> ranges(@Nullable Plan plan) {
    if (plan == null) {
      return List.of();
    }
    return plan.ranges().stream()
        .map(
            r ->
                CodeBlock.of(
                    "new $T($L, $L, $L)", Ports.IndexRange.class, r.port(), r.count(), r.ignored()))
        .toList();
  }
}
