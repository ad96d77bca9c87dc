package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.tornado.DeviceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Generated text for readers to look at. After a change that is meant, write the files anew with
 * {@code -Dcortado.golden=write}.
 */
class TornadoGoldenTest {
  private static final Map<String, String> MODELS =
      Map.of(
          "Mlp",
          """
          @Model
          public class Mlp {
            final Dense fc1 = new Dense(2, 16);
            final Dense fc2 = new Dense(16, 2);
            Tensor forward(@Shape("N, 2") Tensor point) {
              return fc2.apply(relu(fc1.apply(point)));
            }
            Tensor loss(Tensor logits, @Shape("N") Labels label) {
              return softmaxCrossEntropy(logits, label);
            }
          }
          """,
          "Convolutional",
          """
          @Model
          public class Convolutional {
            final Conv2d conv = new Conv2d(3, 48, 3).stride(2).padding(1);
            Tensor forward(@Shape("N, 3, 32, 32") Tensor image) {
              return maxPool2d(gelu(conv.apply(image)), 2);
            }
          }
          """,
          "Recurrent",
          """
          @Model
          public class Recurrent {
            final Dense state = new Dense(4, 4);
            Tensor forward(@Shape("N, T, 4") Tensor xs) {
              return scan((h, x) -> dropout(tanh(add(state.apply(h), x)), 0.5),
                  zeros(xs.size(0), 4), xs, 1);
            }
          }
          """);

  @TestFactory
  Stream<DynamicTest> generatedTextIsTheFilesOwn() {
    return MODELS.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
  }

  private static void check(String name, String source) throws IOException {
    Compiled compiled = Compiled.of(Map.of(name, ModelCase.imports() + source)).succeeded();
    String type = name + "TornadoNetwork";
    String text = compiled.generatedSources().get(type);
    Path file = Path.of("src/test/resources/golden", type + ".java.txt").toAbsolutePath();
    if ("write".equals(System.getProperty("cortado.golden"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }

  @Test
  void classesWithoutNamesOfLocalsAreRefused() {
    String source = ModelCase.imports() + MODELS.get("Mlp");
    Compiled compiled = Compiled.of(Map.of("Mlp", source), "-g:none").succeeded();
    Network net =
        Networks.create(
            compiled,
            new ModelCase(
                "Mlp",
                "",
                List.of(),
                List.of(),
                List.of(new ModelCase.Symbol("N", 1)),
                ModelCase.Tolerance.USUAL),
            "TornadoNetwork");
    Batch one = new Batch(1, List.of(new float[2]), List.of());
    assertThatThrownBy(() -> net.session(1).predict(one))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("compiled without -g");
  }

  @Test
  void theOptionTurnsTheEmitterOff() {
    String source = ModelCase.imports() + MODELS.get("Mlp");
    Compiled compiled = Compiled.of(Map.of("Mlp", source), "-Acortado.tornado=false").succeeded();
    assertThat(compiled.generatedSources()).containsKey("MlpNetwork");
    assertThat(compiled.generatedSources()).doesNotContainKey("MlpTornadoNetwork");
  }

  @Test
  void aWrongModelStillHasItsApi() {
    String source =
        ModelCase.imports()
            + "@Model public class Wrong {\n"
            + "  final Dense fc = new Dense(3, 4);\n"
            + "  Tensor forward(@Shape(\"N, 5\") Tensor x) { return fc.apply(x); }\n"
            + "}\n";
    Compiled compiled = Compiled.of(Map.of("Wrong", source));
    assertThat(compiled.diagnostics().stream().filter(d -> d.getKind().name().equals("ERROR")))
        .hasSize(1);
    assertThat(compiled.generatedSources().get("WrongTornadoNetwork")).contains("did not compile");
  }
}
