package dev.cortado.benchmarks.workload;

import dev.cortado.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random samples of a workload, standard normal, with random labels: a few batches that all
 * contestants go round.
 *
 * @param inputs of each batch, row-major
 * @param labels of each batch
 */
public record Samples(int batch, List<float[]> inputs, List<int[]> labels) {
  private static final int BATCHES = 4;

  /** The same samples every time. */
  public static Samples of(Workload workload, int batch) {
    Random random = new Random(7);
    List<float[]> inputs = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    for (int b = 0; b < BATCHES; b++) {
      float[] values = new float[batch * workload.sampleSize()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      inputs.add(values);
      labels.add(random.ints(batch, 0, Workload.CLASSES).toArray());
    }
    return new Samples(batch, List.copyOf(inputs), List.copyOf(labels));
  }

  public int count() {
    return inputs.size();
  }

  /** Batch {@code i} as Cortado's networks take it. */
  public Batch batch(int i) {
    return new Batch(batch, List.of(inputs.get(i)), List.of(labels.get(i)));
  }
}
