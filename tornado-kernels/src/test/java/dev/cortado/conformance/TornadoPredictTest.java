package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Typed predictions of a network on a device, beside those of the network on the CPU. */
class TornadoPredictTest {
  private static final String MODEL =
      ModelCase.imports()
          + """
          @Model
          public class Tagger {
            public record Tags(Tensor scores, Tensor mean) {}
            final Embedding words = new Embedding(11, 5);
            final Dense out = new Dense(5, 3);
            Tags forward(@Shape("N, T") IntTensor word, @Shape("N, 5") Tensor context) {
              Tensor h = add(words.apply(word), unsqueeze(context, 1));
              return new Tags(out.apply(h), mean(h, 1));
            }
          }
          """;

  private static final String USE =
      """
      import dev.cortado.tornado.Device;
      import java.util.Random;

      public class Use {
        static final int N = 300;
        static final int T = 4;

        /** What the device and the CPU predict, in turn. */
        public static float[][] run() {
          TaggerNetwork cpu = TaggerNetwork.create(3, 6);
          int[] words = new Random(1).ints(N * T, 0, 11).toArray();
          float[] context = new float[N * 5];
          for (int i = 0; i < context.length; i++) {
            context[i] = (i % 13) / 13f;
          }
          int[] word = java.util.Arrays.copyOf(words, T);
          float[] one = java.util.Arrays.copyOf(context, 5);
          try (TaggerTornadoNetwork net = TaggerTornadoNetwork.of(cpu, Device.best());
              TaggerTornadoNetwork.Predictor predictor = net.predictor(2)) {
            TaggerNetwork.Output many = net.predictBatch(words, context, N);
            TaggerNetwork.Output manyHere = cpu.predictBatch(words, context, N);
            TaggerNetwork.Output single = net.predict(word, one);
            TaggerNetwork.Output singleHere = cpu.predict(word, one);
            float[] scores = new float[2 * T * 3];
            float[] mean = new float[2 * 5];
            predictor.predict(2, T, words, context, scores, mean);
            float[] scoresHere = new float[2 * T * 3];
            float[] meanHere = new float[2 * 5];
            cpu.predictor(2).predict(2, T, words, context, scoresHere, meanHere);
            return new float[][] {
              many.scores(), manyHere.scores(), many.mean(), manyHere.mean(),
              single.scores(), singleHere.scores(), single.mean(), singleHere.mean(),
              scores, scoresHere, mean, meanHere
            };
          }
        }

        public static void wrong() {
          TaggerTornadoNetwork net = TaggerTornadoNetwork.create(3, 6);
          net.predict(new int[T], new float[4]);
        }
      }
      """;

  private static final Compiled COMPILED =
      Compiled.of(Map.of("Tagger", MODEL, "Use", USE)).succeeded();

  @Test
  void predictionsAreTheCpus() throws ReflectiveOperationException {
    float[][] results = (float[][]) COMPILED.load("Use").getMethod("run").invoke(null);
    for (int i = 0; i < results.length; i += 2) {
      assertThat(results[i]).hasSameSizeAs(results[i + 1]);
      for (int k = 0; k < results[i].length; k++) {
        assertThat(results[i][k])
            .as("%d of result %d", k, i / 2)
            .isCloseTo(results[i + 1][k], offset(1e-5f));
      }
    }
  }

  @Test
  void anArrayOfTheWrongLengthIsRefused() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> COMPILED.load("Use").getMethod("wrong").invoke(null)))
        .cause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("context");
  }
}
