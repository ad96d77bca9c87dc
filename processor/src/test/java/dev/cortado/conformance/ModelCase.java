package dev.cortado.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One small model and the data it is tried on. Every backend runs the same cases.
 *
 * @param name simple name of the {@code @Model} class
 * @param source the compilation unit
 * @param symbols the symbols with the sizes to run at, the batch first
 */
public record ModelCase(
    String name,
    String source,
    List<Data> inputs,
    List<Data> targets,
    List<Symbol> symbols,
    Tolerance tolerance) {

  /** A symbol and its size in this run. */
  public record Symbol(String name, int size) {}

  /**
   * How near generated values and gradients must come, relative to the largest of the compared
   * array.
   *
   * @param step of the central differences
   * @param floor derivatives smaller than this count as this large
   */
  public record Tolerance(double value, double gradient, double step, double floor) {
    static final Tolerance USUAL = new Tolerance(2e-5, 5e-4, 1.0 / 1024, 1e-3);

    /**
     * Eager {@code map} rounds its inputs to float: longer steps, so that rounding does not drown
     * them.
     */
    static final Tolerance MAP = new Tolerance(2e-5, 2e-3, 1.0 / 256, 2e-2);

    /** Deep programs, maps among them. */
    static final Tolerance PROGRAM = new Tolerance(1e-4, 2e-2, 1.0 / 512, 2e-2);
  }

  /**
   * What is drawn for one port.
   *
   * @param dims numbers or symbols
   */
  public record Data(Kind kind, List<String> dims, double low, double high) {
    public enum Kind {
      FLOAT,
      INT,
      LABEL
    }

    /** Floats in [-1, 1). */
    public static Data floats(String dims) {
      return floats(dims, -1, 1);
    }

    public static Data floats(String dims, double low, double high) {
      return new Data(Kind.FLOAT, split(dims), low, high);
    }

    /** Integers in [0, bound). */
    public static Data ints(String dims, int bound) {
      return new Data(Kind.INT, split(dims), 0, bound);
    }

    public static Data labels(String dims, int bound) {
      return new Data(Kind.LABEL, split(dims), 0, bound);
    }

    private static List<String> split(String dims) {
      return dims.isBlank() ? List.of() : List.of(dims.trim().split("\\s*,\\s*"));
    }

    /** The dimensions at given sizes of the symbols. */
    public int[] sizes(Map<String, Integer> symbols) {
      return dims.stream()
          .mapToInt(d -> symbols.containsKey(d) ? symbols.get(d) : Integer.parseInt(d))
          .toArray();
    }

    /** How it is declared as a parameter. */
    public String declare(String name) {
      String type =
          switch (kind) {
            case FLOAT -> "Tensor";
            case INT -> "IntTensor";
            case LABEL -> "Labels";
          };
      return "@Shape(\"" + String.join(", ", dims) + "\") " + type + " " + name;
    }
  }

  /** The header every generated case starts with. */
  public static String imports() {
    return """
        import static dev.cortado.Ops.*;
        import dev.cortado.*;
        import dev.cortado.annotation.*;
        import dev.cortado.nn.*;
        import java.util.*;
        """;
  }

  /**
   * A model whose forward is one expression of {@code x}, {@code y}, {@code z} and the given
   * fields. With labels among the inputs the expression is its loss, and {@code x} the tanh of the
   * one input.
   */
  public static ModelCase expression(
      String name,
      String fields,
      String result,
      List<Data> inputs,
      int batch,
      Tolerance tolerance) {
    List<String> names = List.of("x", "y", "z", "u");
    List<Data> targets = inputs.stream().filter(d -> d.kind() == Data.Kind.LABEL).toList();
    List<Data> given = inputs.stream().filter(d -> d.kind() != Data.Kind.LABEL).toList();
    boolean loss = !targets.isEmpty();
    StringBuilder source = new StringBuilder(imports());
    source.append("@Model\npublic class ").append(name).append(" {\n");
    source.append(fields.isEmpty() ? "" : "  " + fields + "\n");
    source.append("  Tensor forward(").append(declare(given, names)).append(") {\n    return ");
    source.append(loss ? "tanh(x)" : result).append(";\n  }\n");
    if (loss) {
      source.append("  Tensor loss(Tensor x, ");
      source.append(declare(targets, names.subList(given.size(), names.size())));
      source.append(") {\n    return ").append(result).append(";\n  }\n");
    }
    return new ModelCase(
        name,
        source.append("}\n").toString(),
        given,
        targets,
        List.of(new Symbol("N", batch)),
        tolerance);
  }

  private static String declare(List<Data> data, List<String> names) {
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      parameters.add(data.get(i).declare(names.get(i)));
    }
    return String.join(", ", parameters);
  }
}
