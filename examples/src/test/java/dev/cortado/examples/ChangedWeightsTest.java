package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.Batch;
import dev.cortado.TrainingSession;
import dev.cortado.train.Adam;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Predictions keep weights in an order of their own; whoever changes weights, they see it. What
 * they ought to be says a network that was made for it and has never predicted before.
 */
final class ChangedWeightsTest {
  private final RowLstmNetwork net = RowLstmNetwork.create(1);
  private final RowLstmNetwork.Predictor predictor = net.predictor(1);
  private final TrainingSession session = net.session(1);
  private final float[] rows = new float[28 * 28];
  private final Batch batch = new Batch(1, List.of(rows), List.of(new int[] {3}));
  private float[] last = {};

  @TempDir Path folder;

  ChangedWeightsTest() {
    Random random = new Random(4);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
  }

  /** Predicts in every way; all see the weights as they are, and not as they were. */
  private void check(String when) {
    RowLstmNetwork fresh = RowLstmNetwork.create(2);
    float[] lent = fresh.lentWeights();
    System.arraycopy(net.lentWeights(), 0, lent, 0, lent.length);
    check(when, fresh.predict(rows));
  }

  private void check(String when, float[] expected) {
    float[] output = new float[10];
    predictor.predict(rows, output);
    close(when + ", predictor", output, expected);
    close(when + ", one sample", net.predict(rows), expected);
    session.predict(batch);
    close(when + ", session", session.output(0), expected);
    assertThat(output).as(when).isNotEqualTo(last);
    last = output;
  }

  private static void close(String what, float[] actual, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("%s, %d", what, i).isCloseTo(expected[i], within(1e-5f));
    }
  }

  @Test
  void trainedLoadedAndLent() throws Exception {
    check("at first");
    net.step(batch, new Adam(0.01f));
    check("after a step");
    net.lentWeights()[0] += 1;
    check("after a change");
    Path file = folder.resolve("weights.safetensors");
    RowLstmNetwork.create(7).save(file);
    net.load(file);
    check("loaded");
    assertThat(net.packedBytes()).isGreaterThan(4L * 256 * (28 + 64));
  }

  @Test
  void weightsThatSomebodyHolds() {
    check("at first");
    float[] held = net.weights();
    for (int i = 0; i < 3; i++) {
      held[5 + i] += 1;
      held[held.length - 20] -= 1;
      check("change " + i);
    }
    assertThat(net.packedBytes()).isZero();
  }
}
