package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.Port;
import dev.cortado.data.Batches;
import dev.cortado.data.Column;
import dev.cortado.data.Dataset;
import dev.cortado.data.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Mixes each sample of a batch with another of it, inputs and targets alike (Zhang et al., 2018):
 * {@code x' = λ x + (1 - λ) y} with {@code λ} from the Beta distribution, one for the batch.
 */
final class Mixup {
  private final Dataset data;
  private final double alpha;
  private final Batch mixed;

  Mixup(Dataset data, double alpha, int batchSize) {
    for (List<Column> columns : List.of(data.inputs(), data.targets())) {
      for (Column column : columns) {
        if (column.kind() != Port.Kind.FLOAT) {
          throw new IllegalArgumentException(
              "mixup mixes numbers, but the data hold %s: turn labels into probabilities with"
                      .formatted(column.kind())
                  + " .oneHot(classes) and let the model's loss take those");
        }
      }
    }
    this.data = data;
    this.alpha = alpha;
    this.mixed = Batches.allocate(data, batchSize);
  }

  Batch apply(Batch batch, long seed, long step) {
    RandomGenerator random = new SplittableRandom(Seeds.mix(Seeds.mix(seed, -2), step));
    float lambda = (float) beta(random);
    int shift = batch.size() < 2 ? 0 : 1 + random.nextInt(batch.size() - 1);
    mix(data.inputs(), batch.inputs(), mixed.inputs(), batch.size(), lambda, shift);
    mix(data.targets(), batch.targets(), mixed.targets(), batch.size(), lambda, shift);
    return new Batch(batch.size(), mixed.inputs(), mixed.targets(), batch.sizes());
  }

  /**
   * The batch is in random order, so the sample {@code shift} further on is as good as any other.
   */
  private static void mix(
      List<Column> columns, List<Object> from, List<Object> to, int size, float lambda, int shift) {
    for (int c = 0; c < columns.size(); c++) {
      float[] x = (float[]) from.get(c);
      float[] y = (float[]) to.get(c);
      int count = columns.get(c).count();
      for (int i = 0; i < size; i++) {
        int own = i * count;
        int other = (i + shift) % size * count;
        for (int e = 0; e < count; e++) {
          y[own + e] = lambda * x[own + e] + (1 - lambda) * x[other + e];
        }
      }
    }
  }

  /** Jöhnk's method, which suits parameters of at most 1. */
  private double beta(RandomGenerator random) {
    while (true) {
      double a = Math.pow(random.nextDouble(), 1 / alpha);
      double b = Math.pow(random.nextDouble(), 1 / alpha);
      if (a + b > 0 && a + b <= 1) {
        return a / (a + b);
      }
    }
  }
}
