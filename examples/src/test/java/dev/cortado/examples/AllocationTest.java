package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.cortado.Batch;
import dev.cortado.data.Dataset;
import dev.cortado.train.Adam;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * A warm training step and a warm prediction of the MNIST CNN leave nothing on the heap.
 *
 * <p>The build runs this in Java virtual machines of its own that compile before they go on ({@code
 * -Xbatch}), so that warmth depends on how often a loop has run and not on the clock: once with the
 * Vector API, whose vectors are objects until the code around them is compiled, and once in plain
 * loops.
 */
final class AllocationTest {
  /** A warm run is one of so many without an allocation, ... */
  private static final int QUIET = 20;

  /** ... which come within so many runs. */
  private static final int MOST = 3000;

  private static final int BATCH = 4;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final MnistCnnNetwork net = MnistCnnNetwork.create(1);
  private final Dataset digits = MadeUpData.largeDigits(1, 28, 28).take(BATCH);

  @Test
  void trainingStep() {
    Adam adam = new Adam(1e-3f);
    Batch batch = digits.all();
    assertQuiet("training steps", () -> adam.step(net, batch));
  }

  @Test
  void prediction() {
    float[] images = (float[]) digits.all().inputs().getFirst();
    float[] logits = new float[BATCH * 10];
    MnistCnnNetwork.Predictor predictor = net.predictor(BATCH);
    assertQuiet("predictions", () -> predictor.predict(BATCH, images, logits));
  }

  private void assertQuiet(String what, Runnable run) {
    long before = threads.getCurrentThreadAllocatedBytes();
    long asking = threads.getCurrentThreadAllocatedBytes() - before;
    long last = Long.MAX_VALUE;
    int runs = 0;
    for (int quiet = 0; quiet < QUIET && runs < MOST; runs++) {
      before = threads.getCurrentThreadAllocatedBytes();
      run.run();
      last = threads.getCurrentThreadAllocatedBytes() - before - asking;
      quiet = last > 0 ? 0 : quiet + 1;
    }
    System.out.printf("%s: %d bytes in the last of %d%n", what, last, runs);
    assertThat(last).as("bytes that one of %d %s allocates", runs, what).isZero();
  }
}
