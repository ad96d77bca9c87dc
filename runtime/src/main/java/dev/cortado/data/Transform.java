package dev.cortado.data;

import dev.cortado.Batch;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A change made to a sample as it is read: augmentation or normalisation. It must be a function of
 * its arguments, and it may be called from any thread.
 */
@FunctionalInterface
public interface Transform {
  /**
   * Changes one sample's inputs in place; class labels must stay.
   *
   * @param inputs the data set's input columns
   * @param batch holds the sample in row {@code row}; other rows must not be touched
   * @param random seeded from the run's seed, the epoch and the sample's number
   */
  void apply(List<Column> inputs, Batch batch, int row, RandomGenerator random);

  /** This change, then another. */
  default Transform then(Transform next) {
    return (inputs, batch, row, random) -> {
      apply(inputs, batch, row, random);
      next.apply(inputs, batch, row, random);
    };
  }
}
