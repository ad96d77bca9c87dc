package dev.cortado.benchmarks.growth;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import dev.cortado.benchmarks.workload.Samples;
import dev.cortado.benchmarks.workload.Workload;
import dev.cortado.kernel.Team;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints how forward and backward passes grow with the batch and with the number of layers, on one
 * thread, as tables in Markdown: microseconds a sample and a layer should stay, and arenas be what
 * was planned.
 */
public final class Growth {
  private static final int ROUNDS = 9;

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
            | training passes, µs a sample, by batch | 16 | 32 | 64 | 128 | 256 |
            |---|--:|--:|--:|--:|--:|
            """);
    for (Workload workload : List.of(Workload.named("W1"), Workload.named("W4"))) {
      text.append("| ").append(workload);
      for (int batch : new int[] {16, 32, 64, 128, 256}) {
        Batch samples = Samples.of(workload, batch).batch(0);
        double time = microseconds(workload.compiled().network(), samples);
        text.append(String.format(Locale.ROOT, " | %.2f", time / batch));
      }
      text.append(" |\n");
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
    StringBuilder times = new StringBuilder("| µs a layer, batch 64");
    StringBuilder arenas = new StringBuilder("| planned bytes a layer and sample, predict");
    StringBuilder training = new StringBuilder("| planned bytes a layer and sample, training");
    int layers = 2;
    for (Network network : networks) {
      float[] inputs = new float[64 * 128];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = (float) Math.sin(i);
      }
      Batch batch = new Batch(64, List.of(inputs), List.of(new int[64]));
      times.append(String.format(Locale.ROOT, " | %.1f", microseconds(network, batch) / layers));
      arenas.append(String.format(Locale.ROOT, " | %,d", network.predictorBytes(64) / 64 / layers));
      long gradients = 4L * network.lentWeights().length;
      training.append(
          String.format(
              Locale.ROOT, " | %,d", (network.trainingBytes(64) - gradients) / 64 / layers));
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
        + training
        + " |\n";
  }

  /** Median time of forward, loss and backward. */
  private static double microseconds(Network network, Batch batch) {
    TrainingSession session = network.session(batch.size());
    long until = System.nanoTime() + 2_000_000_000L;
    int perRound = 0;
    while (System.nanoTime() < until) {
      session.train(batch, 0, perRound++);
    }
    int steps = Math.max(1, perRound / 40);
    double[] rounds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < steps; i++) {
        session.train(batch, 0, i);
      }
      rounds[round] = (System.nanoTime() - start) / 1e3 / steps;
    }
    Arrays.sort(rounds);
    return rounds[ROUNDS / 2];
  }
}
