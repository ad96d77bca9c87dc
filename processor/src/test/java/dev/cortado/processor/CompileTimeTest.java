package dev.cortado.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Deep models: the processor's own time by their number of layers, and that nothing else than the
 * number of layers makes the generated source grow. The times are a report, not part of the build:
 * {@code -Dtest.excluded=none -Dtest=CompileTimeTest} prints it.
 */
class CompileTimeTest {
  private static final Pattern TIME = Pattern.compile("Cortado: 1 model in (\\d+) ms: (.*)");
  private static final String MLP =
      """
      import static dev.cortado.Ops.*;
      import dev.cortado.*;
      import dev.cortado.annotation.*;
      import dev.cortado.nn.*;
      import java.util.*;
      @Model
      class Mlp {
        final List<Dense> layers = new ArrayList<>();
        final Dense last = new Dense(64, 10);
        Mlp() {
          for (int i = 0; i < %d; i++) {
            layers.add(new Dense(64, 64));
          }
        }
        Tensor forward(@Shape("N, 64") Tensor x) {
          for (Dense layer : layers) {
            x = relu(layer.apply(x));
          }
          return last.apply(x);
        }
        Tensor loss(Tensor logits, @Shape("N") Labels label) {
          return softmaxCrossEntropy(logits, label);
        }
      }
      """;
  private static final String CNN =
      """
      import static dev.cortado.Ops.*;
      import dev.cortado.*;
      import dev.cortado.annotation.*;
      import dev.cortado.nn.*;
      import java.util.*;
      @Model
      class Cnn {
        final List<Conv2d> layers = new ArrayList<>();
        final Dense last = new Dense(8, 10);
        Cnn() {
          for (int i = 0; i < %d; i++) {
            layers.add(new Conv2d(8, 8, 3).padding(1));
          }
        }
        Tensor forward(@Shape("N, 8, 16, 16") Tensor x) {
          for (Conv2d layer : layers) {
            x = add(x, relu(layer.apply(x)));
          }
          return last.apply(mean(x, 2, 3));
        }
        Tensor loss(Tensor logits, @Shape("N") Labels label) {
          return softmaxCrossEntropy(logits, label);
        }
      }
      """;

  @Test
  void generatedSourceGrowsWithTheLayersAndNotFaster() {
    for (String model : List.of(MLP, CNN)) {
      double few = generated(model, 10);
      double twice = generated(model, 20);
      double fourTimes = generated(model, 40);
      assertThat((fourTimes - twice) / (twice - few)).isBetween(1.8, 2.2);
    }
  }

  @Test
  @Tag("report")
  void report() {
    StringBuilder table = new StringBuilder("layers    ms  ms/layer\n");
    for (String model : List.of(MLP, CNN)) {
      time(model, 25);
      time(model, 100);
      table.append(model.contains("Dense> ") ? "MLP\n" : "CNN with residuals\n");
      for (int layers : new int[] {25, 50, 100, 200}) {
        Matcher time = time(model, layers);
        double milliseconds = Double.parseDouble(time.group(1));
        table.append(
            String.format(
                Locale.ROOT,
                "%6d %5.0f %9.1f  (%s)%n",
                layers,
                milliseconds,
                milliseconds / layers,
                time.group(2)));
      }
    }
    System.out.println(table);
  }

  private static int generated(String model, int layers) {
    return compile(model, layers).generatedSourceFiles().stream()
        .mapToInt(file -> Programs.content(file).length())
        .sum();
  }

  private static Matcher time(String model, int layers) {
    return compile(model, layers).notes().stream()
        .map(note -> TIME.matcher(note.getMessage(Locale.ROOT)))
        .filter(Matcher::find)
        .findFirst()
        .orElseThrow();
  }

  private static Compilation compile(String model, int layers) {
    String source = model.formatted(layers);
    String name = source.replaceAll("(?s).*@Model\\s+class (\\w+).*", "$1");
    Compilation compilation =
        Compiler.javac()
            .withProcessors(new CortadoProcessor())
            .withOptions("-proc:only", "-Acortado.time=true")
            .compile(JavaFileObjects.forSourceString(name, source));
    assertThat(compilation.errors()).isEmpty();
    return compilation;
  }
}
