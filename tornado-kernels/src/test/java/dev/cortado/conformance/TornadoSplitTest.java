package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import dev.cortado.train.Adam;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Programs that are more than one task graph: too many tasks, recurrences. Nothing gets stale. */
class TornadoSplitTest {
  private static final String DEEP =
      ModelCase.imports()
          + """
          @Model
          public class Deep {
            final List<Dense> layers = new ArrayList<>();
            Deep() {
              for (int i = 0; i < 16; i++) {
                layers.add(new Dense(5, 5));
              }
            }
            Tensor forward(@Shape("N, 5") Tensor x) {
              for (Dense layer : layers) {
                x = add(x, tanh(layer.apply(x)));
              }
              return x;
            }
            Tensor loss(Tensor y, @Shape("N") Labels label) {
              return softmaxCrossEntropy(y, label);
            }
          }
          """;

  private static final String RECURRENT =
      ModelCase.imports()
          + """
          @Model
          public class Recurrent {
            final Dense state = new Dense(4, 4);
            final Dense input = new Dense(3, 4);
            final Dense out = new Dense(4, 2);
            Tensor step(Tensor h, Tensor x) {
              return dropout(tanh(add(state.apply(h), input.apply(x))), 0.25);
            }
            Tensor forward(@Shape("N, T, 3") Tensor xs) {
              return out.apply(scan(this::step, zeros(xs.size(0), 4), xs, 1));
            }
            Tensor loss(Tensor y, @Shape("N") Labels label) {
              return softmaxCrossEntropy(y, label);
            }
          }
          """;

  @Test
  void aRecurrenceIsAGraphSubmittedAgainAndAgain() {
    Compiled compiled = Compiled.of(Map.of("Recurrent", RECURRENT)).succeeded();
    ModelCase c = model("Recurrent", List.of(new ModelCase.Symbol("T", 5)));
    agree(Networks.create(compiled, c, "TornadoNetwork"), Networks.create(compiled, c), 3);
  }

  @Test
  void aDeepNetworkIsSeveralGraphs() {
    Compiled compiled = Compiled.of(Map.of("Deep", DEEP)).succeeded();
    assertThat(compiled.generatedSources().get("DeepTornadoNetwork")).contains("train2(");
    ModelCase c = model("Deep", List.of());
    agree(Networks.create(compiled, c, "TornadoNetwork"), Networks.create(compiled, c), 5);
  }

  private static ModelCase model(String name, List<ModelCase.Symbol> symbols) {
    List<ModelCase.Symbol> all = new ArrayList<>();
    all.add(new ModelCase.Symbol("N", 4));
    all.addAll(symbols);
    return new ModelCase(name, "", List.of(), List.of(), all, ModelCase.Tolerance.USUAL);
  }

  /** Steps, evaluations and predictions in turn, at several sizes of the batch. */
  private static void agree(Network device, Network cpu, int features) {
    Random random = new Random(11);
    TrainingSession session = device.session(4);
    TrainingSession reference = cpu.session(4);
    Adam onDevice = new Adam(0.01f);
    Adam onCpu = new Adam(0.01f);
    for (int step = 0; step < 4; step++) {
      int n = 4 - step % 2;
      int steps = device.symbols().isEmpty() ? 1 : 5 - step % 2;
      float[] x = new float[n * steps * features];
      int[] label = new int[n];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextFloat() - 0.5f;
      }
      for (int i = 0; i < n; i++) {
        label[i] = random.nextInt(2);
      }
      List<Integer> sizes = device.symbols().isEmpty() ? List.of() : List.of(steps);
      Batch batch = new Batch(n, List.of(x), List.of(label), sizes);
      assertThat(session.train(batch, 1, step))
          .isCloseTo(reference.train(batch, 1, step), offset(1e-5f));
      close(session.gradients(), reference.gradients());
      assertThat(session.evaluate(batch)).isCloseTo(reference.evaluate(batch), offset(1e-5f));
      session.predict(batch);
      reference.predict(batch);
      close(session.output(0), reference.output(0));
      device.step(batch, onDevice);
      cpu.step(batch, onCpu);
      close(device.weights(), cpu.weights());
    }
  }

  private static void close(float[] got, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(got[i]).as("element %d", i).isCloseTo(expected[i], offset(2e-4f));
    }
  }
}
