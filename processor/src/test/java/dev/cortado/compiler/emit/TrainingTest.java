package dev.cortado.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainingTest {

  @Test
  void aNetworkLearnsToTellInsideFromOutside() {
    Network network = Generated.of(Models.mlp()).create(1);
    Random random = new Random(3);
    int n = 64;
    float[] points = new float[2 * n];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      points[2 * i] = random.nextFloat(-1, 1);
      points[2 * i + 1] = random.nextFloat(-1, 1);
      labels[i] = Math.hypot(points[2 * i], points[2 * i + 1]) < 0.7 ? 1 : 0;
    }
    TrainingSession session = network.session(n);
    Batch batch = new Batch(n, List.of(points), List.of(labels));
    float first = session.train(batch, 1, 0);
    for (int step = 0; step < 2000; step++) {
      step(session, batch, step, 0.5f);
    }
    assertThat(session.evaluate(batch)).isLessThan(0.1f).isLessThan(first / 4);
    session.predict(batch);
    for (int i = 0; i < n; i++) {
      float[] point = {points[2 * i], points[2 * i + 1]};
      float[] one = (float[]) Generated.call(network, "predict", point);
      float[] row = {session.output(0)[2 * i], session.output(0)[2 * i + 1]};
      assertThat(one).containsExactly(row, within(1e-4f));
    }
  }

  private static void step(TrainingSession session, Batch batch, long step, float rate) {
    session.train(batch, 1, step);
    float[] weights = session.network().weights();
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= rate * session.gradients()[i];
    }
  }

  @Test
  void aConvolutionalNetworkOverfitsAFewImages() {
    Network network = Generated.of(Models.mnistCnn()).create(1);
    Batch batch = images(4);
    TrainingSession session = network.session(4);
    float first = session.train(batch, 1, 0);
    assertThat(first).isBetween(1.5f, 4f);
    for (int step = 0; step < 80; step++) {
      step(session, batch, step, 0.1f);
    }
    assertThat(session.evaluate(batch)).isLessThan(0.75f * first);
  }

  private static Batch images(int n) {
    Random random = new Random(9);
    float[] images = new float[n * 784];
    int[] digits = new int[n];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextFloat();
    }
    for (int i = 0; i < n; i++) {
      digits[i] = i % 10;
    }
    return new Batch(n, List.of(images), List.of(digits));
  }

  /** The Vector API allocates until it is compiled, so the first steps do not count. */
  @Test
  void aStepAndAPredictionAllocateNothing() {
    Network network = Generated.of(Models.mlp()).create(1);
    float[] points = new float[8];
    Batch batch = new Batch(4, List.of(points), List.of(new int[] {0, 1, 1, 0}));
    TrainingSession session = network.session(4);
    session.wantInputGradients(true);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long end = System.nanoTime() + 60_000_000_000L;
    long allocated = 1;
    for (long i = 0; allocated > 0 && System.nanoTime() < end; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      session.train(batch, 1, i);
      session.evaluate(batch);
      session.predict(batch);
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(allocated).isZero();
  }

  @Test
  void gradientsOfInputsCostNothingUnlessWanted() {
    Network network = Generated.of(Models.mlp()).create(1);
    Batch batch = new Batch(1, List.of(new float[] {0.5f, -0.25f}), List.of(new int[] {1}));
    TrainingSession session = network.session(1);
    session.train(batch, 1, 0);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> session.inputGradient(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("wantInputGradients(true)");
    session.wantInputGradients(true);
    session.train(batch, 1, 0);
    float loss = session.evaluate(batch);
    float[] moved = {0.5f + 1e-2f, -0.25f};
    float above = session.evaluate(new Batch(1, List.of(moved), List.of(new int[] {1})));
    assertThat(session.inputGradient(0)[0]).isCloseTo((above - loss) / 1e-2f, within(1e-2f));
  }
}
