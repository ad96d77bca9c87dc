package dev.cortado.benchmarks.growth;

import com.sun.management.ThreadMXBean;
import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import dev.cortado.benchmarks.measure.Spread;
import dev.cortado.benchmarks.measure.Stopwatch;
import dev.cortado.benchmarks.workload.Samples;
import dev.cortado.benchmarks.workload.Workload;
import dev.cortado.kernel.Team;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints how forward and backward passes grow with the batch and with the number of layers, on one
 * thread, as tables in Markdown: microseconds a sample and a layer should stay, and what is
 * allocated be what was planned.
 */
public final class Growth {
  private static final int ROUNDS = 9;
  private static final double WARM_UP = 8;
  private static final int FEATURES = 128;
  private static final int BATCH = 64;

  private static final Stopwatch WATCH = new Stopwatch();
  private static final ThreadMXBean ALLOCATIONS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Growth() {}

  public static void main(String[] args) {
    Team.setThreads(1);
    System.out.print(batches());
    System.out.println();
    System.out.print(layers());
  }

  private static String batches() {
    StringBuilder text =
        new StringBuilder(
            """
            | training passes, by batch | 16 | 32 | 64 | 128 | 256 |
            |---|--:|--:|--:|--:|--:|
            """);
    for (Workload workload : List.of(Workload.named("W1"), Workload.named("W4"))) {
      StringBuilder times = new StringBuilder("| " + workload + ", µs a sample");
      StringBuilder arenas = new StringBuilder("| planned bytes / allocated bytes");
      for (int batch : new int[] {16, 32, 64, 128, 256}) {
        Measured measured =
            measure(workload.compiled().network(), Samples.of(workload, batch).batch(0));
        times.append(String.format(Locale.ROOT, " | %.2f", measured.microseconds() / batch));
        arenas.append(" | ").append(measured.bytes());
      }
      text.append(times).append(" |\n").append(arenas).append(" |\n");
    }
    return text.toString();
  }

  private static String layers() {
    List<Network> networks =
        List.of(
            Layers2Network.create(1),
            Layers4Network.create(1),
            Layers8Network.create(1),
            Layers16Network.create(1),
            Layers32Network.create(1));
    float[] inputs = new float[BATCH * FEATURES];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) Math.sin(i);
    }
    Batch batch = new Batch(BATCH, List.of(inputs), List.of(new int[BATCH]));
    StringBuilder times = new StringBuilder("| µs a layer, batch 64");
    StringBuilder arenas = new StringBuilder("| planned bytes / allocated bytes");
    StringBuilder growth = new StringBuilder("| planned bytes a layer, without gradients");
    int layers = 2;
    for (Network network : networks) {
      Measured measured = measure(network, batch);
      times.append(String.format(Locale.ROOT, " | %.1f", measured.microseconds() / layers));
      arenas.append(" | ").append(measured.bytes());
      long gradients = (long) Float.BYTES * network.lentWeights().length;
      growth.append(
          String.format(Locale.ROOT, " | %,d", (measured.planned() - gradients) / layers));
      layers *= 2;
    }
    return """
        | dense layers of 128 features, training passes | 2 | 4 | 8 | 16 | 32 |
        |---|--:|--:|--:|--:|--:|
        """
        + times
        + " |\n"
        + arenas
        + " |\n"
        + growth
        + " |\n";
  }

  /**
   * One training session.
   *
   * @param microseconds a step, median
   * @param planned bytes that the compiler foretold
   * @param allocated bytes of the heap that making the session took
   */
  private record Measured(double microseconds, long planned, long allocated) {
    String bytes() {
      return String.format(Locale.ROOT, "%,d / %,d", planned, allocated);
    }
  }

  /** Median time of forward, loss and backward. */
  private static Measured measure(Network network, Batch batch) {
    network.session(1); // Classes are loaded here, and constants made.
    long before = ALLOCATIONS.getCurrentThreadAllocatedBytes();
    TrainingSession session = network.session(batch.size());
    long allocated = ALLOCATIONS.getCurrentThreadAllocatedBytes() - before;
    Runnable step = () -> session.train(batch, 0, 0);
    WATCH.warmUp(step, WARM_UP);
    List<Double> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      rounds.add(WATCH.turn(step, 0.1).median());
    }
    return new Measured(Spread.of(rounds).median(), network.trainingBytes(batch.size()), allocated);
  }
}
