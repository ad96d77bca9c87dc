package dev.cortado.compiler.tornado;

import com.palantir.javapoet.CodeBlock;
import dev.cortado.compiler.emit.Inference;
import dev.cortado.compiler.emit.Integers;
import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.emit.Names;
import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.plan.Plan;
import dev.cortado.compiler.shape.Atom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What users of a network on a device call: as the network on the CPU, by name and types. */
final class TornadoApi {
  private final Signature signature;
  private final @Nullable Plan plan;
  private final String type;
  private final String cpu;
  private final String n;
  private final List<String> symbols = new ArrayList<>();
  private final List<String> inputs = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();

  TornadoApi(Signature signature, @Nullable Plan plan) {
    this.signature = signature;
    this.plan = plan;
    this.type = TornadoWriter.className(signature);
    this.cpu = signature.networkName();
    Names names = new Names().reserve("all");
    this.n = names.unique(Names.identifier(signature.batch() == null ? "n" : signature.batch()));
    signature.symbols().forEach(s -> symbols.add(names.unique(Names.identifier(s))));
    signature.inputs().forEach(p -> inputs.add(names.unique(p.name())));
    signature.outputs().forEach(o -> outputs.add(names.unique(o)));
  }

  Lines text() {
    Lines lines = creation();
    lines.addAll(predictions());
    lines.addAll(predictor());
    lines.add("").add("@Override");
    lines.block(
        "public TrainingSession session(int maxBatch)",
        body("return new Session(this, maxBatch);"));
    lines.add("").add("@Override");
    return lines.block("protected long workspace(int... most)", workspace());
  }

  /** Statements, or an exception when the model did not compile. */
  private Lines body(String... statements) {
    Lines lines = new Lines();
    if (plan == null) {
      return lines.add(
          "throw new IllegalStateException(\""
              + signature.modelName()
              + " did not compile: see the errors of the compilation\");");
    }
    List.of(statements).forEach(lines::add);
    return lines;
  }

  private Lines creation() {
    List<String> maxima =
        signature.symbols().stream()
            .map(s -> "max" + Character.toUpperCase(s.charAt(0)) + s.substring(1))
            .toList();
    String declared = maxima.stream().map(m -> ", int " + m).collect(Collectors.joining());
    String passed = maxima.stream().map(m -> ", " + m).collect(Collectors.joining());
    Lines lines = new Lines();
    lines.block(
        "private " + type + "(" + cpu + " cpu, Device device)",
        new Lines().add("super(cpu, device);"));
    doc(lines, "A network with fresh parameters, on the device that {@link Device#best} prefers.");
    lines.block(
        "public static " + type + " create(long seed" + declared + ")",
        new Lines().add("return create(Device.best(), seed" + passed + ");"));
    doc(lines, "A network with fresh parameters.");
    lines.block(
        "public static " + type + " create(Device device, long seed" + declared + ")",
        new Lines().add("return of(" + cpu + ".create(seed" + passed + "), device);"));
    doc(lines, "The network with these parameters on a device: both have the same from now on.");
    lines.block(
        "public static " + type + " of(" + cpu + " cpu, Device device)",
        new Lines().add("return new " + type + "(cpu, device);"));
    doc(lines, "The network on the CPU, brought up to date; ask again after training.");
    lines.block("public " + cpu + " cpu()", new Lines().add("return (" + cpu + ") upToDate();"));
    doc(
        lines,
        "A workspace for one thread, for up to so many samples at once; close it after use.");
    return lines.block(
        "public Predictor predictor(int maxBatch)", body("return new Predictor(this, maxBatch);"));
  }

  private static void doc(Lines lines, String text) {
    lines.add("").add("/** " + text + " */");
  }

  /** {@code predict} for one sample and {@code predictBatch}, with and without explicit sizes. */
  private Lines predictions() {
    Lines lines = new Lines();
    String one = "Predicts one sample on the device, from any thread.";
    if (!symbols.isEmpty()) {
      lines.addAll(prediction(one, "predict", "", true));
    }
    inferred("1").ifPresent(code -> lines.addAll(prediction(one, "predict", code, false)));
    if (signature.batch() != null) {
      String many = "Predicts {@code " + n + "} samples on the device, from any thread.";
      if (!symbols.isEmpty()) {
        lines.addAll(prediction(many, "predictBatch", "", true));
      }
      inferred(n).ifPresent(code -> lines.addAll(prediction(many, "predictBatch", code, false)));
    }
    return lines;
  }

  private Optional<String> inferred(String samples) {
    return Inference.of(signature, inputs, symbols, samples).map(CodeBlock::toString);
  }

  private Lines prediction(String doc, String name, String inference, boolean explicitSizes) {
    List<String> parameters = new ArrayList<>(declared(inputs, true));
    boolean batch = name.equals("predictBatch");
    if (batch) {
      parameters.add("int " + n);
    }
    if (explicitSizes) {
      symbols.forEach(s -> parameters.add("int " + s));
    }
    List<String> statements = new ArrayList<>(inference.lines().toList());
    String samples = batch ? n : "1";
    String all =
        "predictAll(%s, %s, %s)".formatted(samples, sizes(symbols), String.join(", ", inputs));
    if (signature.outputRecord() == null) {
      statements.add("return " + all + "[0];");
    } else {
      statements.add("float[][] all = " + all + ";");
      statements.add(
          "return new %s(%s);"
              .formatted(
                  result(),
                  IntStream.range(0, outputs.size())
                      .mapToObj(i -> "all[" + i + "]")
                      .collect(Collectors.joining(", "))));
    }
    Lines lines = new Lines();
    doc(lines, doc);
    return lines.block(
        "public %s %s(%s)".formatted(result(), name, String.join(", ", parameters)),
        body(statements.toArray(String[]::new)));
  }

  private static String sizes(List<String> values) {
    return "new int[] {" + String.join(", ", values) + "}";
  }

  private String result() {
    return signature.outputRecord() == null ? "float[]" : cpu + ".Output";
  }

  private List<String> declared(List<String> names, boolean areInputs) {
    return IntStream.range(0, names.size())
        .mapToObj(
            i ->
                (areInputs && signature.inputs().get(i).element() != ElementType.FLOAT
                        ? "int[] "
                        : "float[] ")
                    + names.get(i))
        .toList();
  }

  private Lines predictor() {
    Lines body = new Lines();
    body.block(
        "private Predictor(" + type + " network, int maxBatch)",
        new Lines().add("super(network, maxBatch);"));
    List<String> arrays = new ArrayList<>(declared(inputs, true));
    arrays.addAll(declared(outputs, false));
    String handed =
        "new Object[] {" + String.join(", ", inputs) + "}, " + String.join(", ", outputs);
    doc(
        body,
        "Predicts as many samples as the first input holds"
            + (symbols.isEmpty() ? "." : ", with the other sizes at their maxima."));
    body.block(
        "public void predict(" + String.join(", ", arrays) + ")",
        body("predictInferred(" + firstBatched() + ", " + handed + ");"));
    doc(body, "Predicts the first {@code " + n + "} samples of arrays that may hold more.");
    String counts =
        Stream.concat(Stream.of(n), symbols.stream())
            .map(s -> "int " + s + ", ")
            .collect(Collectors.joining());
    body.block(
        "public void predict(" + counts + String.join(", ", arrays) + ")",
        body("predictSized(" + n + ", " + sizes(symbols) + ", " + handed + ");"));
    Lines lines = new Lines();
    doc(lines, "Predicts on the device into arrays of the caller, for one thread at a time.");
    return lines.block("public static final class Predictor extends TornadoPredictor", body);
  }

  /** The first input that grows with the batch; -1 without a batch. */
  private int firstBatched() {
    for (int i = 0; signature.batch() != null && i < inputs.size(); i++) {
      boolean batched =
          signature.inputs().get(i).shape().count().atoms().stream()
              .anyMatch(a -> a.toString().equals(signature.batch()));
      if (batched) {
        return i;
      }
    }
    return signature.batch() == null ? -1 : 0;
  }

  /** The largest of the programs' arenas. */
  private Lines workspace() {
    Lines lines = new Lines().add("long floats = 1;");
    if (plan != null) {
      List<Atom> sizes = DeviceLayout.of(plan, plan.predict(), false).sizes();
      Integers longs = new Integers(a -> "most[" + sizes.indexOf(a) + "]", a -> true, "L");
      Stream.of(plan.predict(), plan.evaluate(), plan.train(), plan.backward())
          .filter(Objects::nonNull)
          .map(p -> longs.print(p.arena().size()))
          .distinct()
          .forEach(size -> lines.add("floats = Math.max(floats, " + size + ");"));
    }
    return lines.add("return floats;");
  }
}
