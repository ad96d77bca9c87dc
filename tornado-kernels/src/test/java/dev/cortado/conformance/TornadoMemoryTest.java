package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.train.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A thousand executions leave memory as it was, the device's and this process's. */
class TornadoMemoryTest {
  private static final int SAMPLES = 64;

  private static final String SOURCE =
      ModelCase.imports()
          + """
          @Model
          public class Steady {
            final Dense fc1 = new Dense(784, 128);
            final Dense fc2 = new Dense(128, 10);
            Tensor forward(@Shape("N, 784") Tensor x) {
              return fc2.apply(relu(fc1.apply(x)));
            }
            Tensor loss(Tensor logits, @Shape("N") Labels label) {
              return softmaxCrossEntropy(logits, label);
            }
          }
          """;

  @Test
  void aThousandStepsLeakNothing() throws IOException {
    assumeTrue(
        Boolean.getBoolean("cortado.test.device"),
        "TORNADOVM_HOME is not set: there is no device whose memory could be watched");
    Compiled compiled = Compiled.of(Map.of("Steady", SOURCE)).succeeded();
    Network net =
        Networks.create(
            compiled,
            new ModelCase(
                "Steady",
                "",
                List.of(),
                List.of(),
                List.of(new ModelCase.Symbol("N", SAMPLES)),
                ModelCase.Tolerance.USUAL),
            "TornadoNetwork");
    Batch batch = new Batch(SAMPLES, List.of(new float[SAMPLES * 784]), List.of(new int[SAMPLES]));
    Adam adam = new Adam(1e-3f);
    steps(net, batch, adam, 500);
    long heap = heap();
    long resident = resident();
    steps(net, batch, adam, 1000);
    // A leak of one batch a step would be 200 MB, of one event a step about as many kilobytes.
    assertThat(heap() - heap).as("bytes of heap").isLessThan(1 << 20);
    assertThat(resident() - resident)
        .as("bytes that this process has, a CPU device's buffers among them")
        .isLessThan(32 << 20);
  }

  private static void steps(Network net, Batch batch, Adam adam, int count) {
    for (int i = 0; i < count; i++) {
      net.step(batch, adam);
    }
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Zero where the operating system is not Linux. */
  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(l -> l.startsWith("VmRSS:"))
        .mapToLong(l -> 1024 * Long.parseLong(l.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
