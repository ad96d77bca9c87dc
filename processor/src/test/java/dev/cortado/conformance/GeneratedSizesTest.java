package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the compiler makes of the benchmarks' networks, in numbers that are the same everywhere:
 * size of the generated code, memory, floating-point operations. A change that makes one of them
 * worse, or better, is seen in the commit that makes it. {@code -Dcortado.sizes=write} writes the
 * file anew.
 */
final class GeneratedSizesTest {
  private static final Path MODELS =
      Path.of("..", "benchmarks", "src", "main", "java", "dev", "cortado", "benchmarks", "model");
  private static final Path FILE = Path.of("src", "test", "resources", "generated-sizes.txt");
  private static final String PACKAGE = "dev.cortado.benchmarks.model.";
  private static final Pattern FLOPS = Pattern.compile("FLOPs: ([0-9,]+) ");

  /** Rows of the benchmarks' table, with the batch that each trains with. */
  private static final List<Case> CASES =
      List.of(
          new Case("W1", "MnistCnn", 64),
          new Case("W2", "CifarCnn", 64),
          new Case("W3", "LeNet", 64),
          new Case("W4", "DigitsMlp", 64),
          new Case("W5", "RowLstm", 64),
          new Case("W6", "Encoder", 32));

  private record Case(String row, String model, int batch) {}

  @Test
  void sizesAreThoseOfTheFile() throws Exception {
    Compiled compiled = Compiled.of(models()).succeeded();
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "row",
            "model",
            "lines",
            "class bytes",
            "predict 1",
            "predict",
            "train",
            "parameters",
            "FLOPs"));
    for (Case row : CASES) {
      lines.add(measure(compiled, row));
    }
    String text = String.join("\n", lines) + "\n";
    if ("write".equals(System.getProperty("cortado.sizes"))) {
      Files.writeString(FILE, text);
    }
    assertThat(text)
        .as("sizes of generated code; if they are meant to change: -Dcortado.sizes=write")
        .isEqualTo(Files.readString(FILE));
  }

  private static Map<String, String> models() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.list(MODELS)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.put(PACKAGE + name, Files.readString(file));
      }
    }
    return sources;
  }

  private static String measure(Compiled compiled, Case row) throws ReflectiveOperationException {
    String name = PACKAGE + row.model() + "Network";
    Network net = (Network) compiled.load(name).getMethod("create", long.class).invoke(null, 1L);
    String source = compiled.generatedSources().get(name);
    long classBytes =
        compiled.classes().entrySet().stream()
            .filter(e -> e.getKey().equals(name) || e.getKey().startsWith(name + "$"))
            .mapToLong(e -> e.getValue().length)
            .sum();
    Matcher flops = FLOPS.matcher(net.summary());
    assertThat(flops.find()).as(net.summary()).isTrue();
    return line(
        row.row(),
        row.model(),
        number(source.lines().count()),
        number(classBytes),
        number(net.predictorBytes(1)),
        number(net.predictorBytes(row.batch())),
        number(net.trainingBytes(row.batch())),
        number(net.weights().length),
        flops.group(1));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String line(Object... cells) {
    return String.format(Locale.ROOT, "%-3s %-10s %6s %11s %12s %12s %12s %10s %12s", cells);
  }
}
