package dev.cortado.conformance;

import dev.cortado.conformance.ModelCase.Data;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Source text of a random model: operations composed across calls, loops, lists of layers, shared
 * fields, maps and scans, over several inputs and outputs. The same seed gives the same text. What
 * it knows of shapes is its own, so that it checks the compiler's.
 */
final class RandomProgram {
  /**
   * A tensor in scope; the first dimension is always the batch {@code N}, others numbers or {@code
   * T}.
   */
  record Var(String name, List<String> dims) {
    int rank() {
      return dims.size();
    }

    boolean fixed(int dim) {
      return !dims.get(dim).equals("T") && !dims.get(dim).equals("N");
    }

    int size(int dim) {
      return Integer.parseInt(dims.get(dim < 0 ? dim + rank() : dim));
    }

    boolean allFixed() {
      return dims.stream().skip(1).noneMatch("T"::equals);
    }

    int count() {
      return dims.stream()
          .skip(1)
          .mapToInt(d -> d.equals("T") ? 5 : Integer.parseInt(d))
          .reduce(1, (a, b) -> a * b);
    }
  }

  final Random random;
  final String name;
  final List<String> members = new ArrayList<>();
  final List<String> body = new ArrayList<>();
  final List<Var> vars = new ArrayList<>();
  final List<Data> inputs = new ArrayList<>();
  private final List<String> parameterNames = new ArrayList<>();
  private int next;

  private RandomProgram(String name, long seed) {
    this.name = name;
    this.random = new Random(seed);
  }

  static ModelCase make(String name, long seed) {
    return new RandomProgram(name, seed).build();
  }

  String fresh(String prefix) {
    return prefix + next++;
  }

  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** A number with one decimal, in source form. */
  String number() {
    return String.format(java.util.Locale.ROOT, "%.1f", random.nextInt(1, 13) / 10.0);
  }

  <T> T choose(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  /** Recent tensors are likelier, so that programs grow deep. */
  Optional<Var> pick(Predicate<Var> wanted) {
    List<Var> fit = vars.stream().filter(wanted).toList();
    if (fit.isEmpty()) {
      return Optional.empty();
    }
    int back = Math.min((int) Math.abs(random.nextGaussian() * 2), fit.size() - 1);
    return Optional.of(fit.get(fit.size() - 1 - back));
  }

  /** Declares a local holding {@code expression}. */
  Var let(String expression, List<String> dims) {
    Var v = new Var(fresh("v"), List.copyOf(dims));
    body.add((random.nextInt(4) == 0 ? "var " : "Tensor ") + v.name() + " = " + expression + ";");
    vars.add(v);
    return v;
  }

  private ModelCase build() {
    declareInputs();
    int steps = between(4, 12);
    for (int tries = 0, made = 0; made < steps && tries < 200; tries++) {
      if (choose(RandomSteps.ALL).grow(this)) {
        made++;
      }
    }
    List<Data> targets = new ArrayList<>();
    String tail = finish(targets);
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      parameters.add(inputs.get(i).declare(parameterNames.get(i)));
    }
    String source =
        ModelCase.imports()
            + "@Model\npublic class "
            + name
            + " {\n  "
            + String.join("\n  ", members)
            + "\n\n  "
            + resultType()
            + " forward("
            + String.join(", ", parameters)
            + ") {\n    "
            + String.join("\n    ", body)
            + "\n  }\n"
            + tail
            + "}\n";
    List<ModelCase.Symbol> symbols = new ArrayList<>();
    symbols.add(new ModelCase.Symbol("N", between(1, 4)));
    if (inputs.stream().anyMatch(d -> d.dims().contains("T"))) {
      symbols.add(new ModelCase.Symbol("T", between(2, 6)));
    }
    return new ModelCase(name, source, inputs, targets, symbols, ModelCase.Tolerance.PROGRAM);
  }

  private List<String> result = List.of();

  private String resultType() {
    return result.size() > 1 ? "Out" : "Tensor";
  }

  private void declareInputs() {
    int count = between(1, 3);
    for (int i = 0; i < count; i++) {
      String input = "x" + i;
      List<String> dims =
          switch (random.nextInt(6)) {
            case 0, 1 -> List.of("N", "" + between(1, 7));
            case 2 -> List.of("N", "" + between(2, 5), "" + between(1, 6));
            case 3 -> List.of("N", "T", "" + between(1, 6));
            case 4 -> List.of("N", "" + between(1, 4), "" + between(4, 8), "" + between(4, 7));
            default -> List.of("N", "" + between(3, 6));
          };
      parameterNames.add(input);
      if (i > 0 && random.nextInt(4) == 0) {
        int vocabulary = between(3, 9);
        int width = between(2, 5);
        List<String> tokens = List.of("N", random.nextBoolean() ? "T" : "" + between(2, 5));
        inputs.add(new Data(Data.Kind.INT, tokens, 0, vocabulary));
        String field = fresh("embed");
        members.add(
            "final Embedding " + field + " = new Embedding(" + vocabulary + ", " + width + ");");
        let(field + ".apply(" + input + ")", List.of(tokens.get(0), tokens.get(1), "" + width));
      } else {
        inputs.add(new Data(Data.Kind.FLOAT, dims, -1, 1));
        vars.add(new Var(input, dims));
      }
    }
  }

  /** The return statement and, for some programs, a loss. */
  private String finish(List<Data> targets) {
    int outputs = Math.min(between(1, 3), vars.size());
    if (outputs > 1) {
      List<Var> last = new ArrayList<>(vars.subList(vars.size() - outputs, vars.size()));
      List<String> components = new ArrayList<>();
      List<String> values = new ArrayList<>();
      for (int i = 0; i < outputs; i++) {
        components.add("Tensor out" + i);
        values.add(last.get(i).name());
      }
      members.add("record Out(" + String.join(", ", components) + ") {}");
      body.add("return new Out(" + String.join(", ", values) + ");");
      result = values;
      return "";
    }
    Var last = vars.getLast();
    result = List.of(last.name());
    switch (random.nextInt(3)) {
      case 0 -> {
        body.add("return " + last.name() + ";");
        return "";
      }
      case 1 -> {
        body.add("return " + last.name() + ";");
        targets.add(new Data(Data.Kind.FLOAT, last.dims(), -1, 1));
        return "\n  Tensor loss(Tensor out, "
            + targets.get(0).declare("goal")
            + ") {\n    return mse(out, goal);\n  }\n";
      }
      default -> {
        int classes = between(2, 5);
        String flat = classifiable(last);
        String head = fresh("head");
        members.add("final Dense " + head + " = new Dense(" + classes + ");");
        body.add("return " + head + ".apply(" + flat + ");");
        targets.add(new Data(Data.Kind.LABEL, List.of("N"), 0, classes));
        return "\n  Tensor loss(Tensor logits, "
            + targets.get(0).declare("kind")
            + ") {\n    return softmaxCrossEntropy(logits, kind);\n  }\n";
      }
    }
  }

  /** {@code last} as [N, features]. */
  private static String classifiable(Var last) {
    String e = last.name();
    List<String> dims = new ArrayList<>(last.dims());
    while (dims.contains("T")) {
      int t = dims.indexOf("T");
      e = "mean(" + e + ", " + t + ")";
      dims.remove(t);
    }
    return dims.size() == 1
        ? "reshape(" + e + ", " + last.name() + ".size(0), 1)"
        : dims.size() == 2 ? e : "flatten(" + e + ")";
  }
}
