package dev.cortado.train;

/**
 * A number that says how good a network's answers are, gathered batch by batch. Not thread-safe.
 */
public interface Metric {
  /** What it is called in tables and files: {@code accuracy}. */
  String name();

  /** Forgets all batches. */
  void reset();

  /** Takes in a batch. */
  void add(Answers answers);

  /** The value over all batches since {@link #reset}; NaN when there were none. */
  double value();

  /** Whether larger is better. */
  default boolean higherIsBetter() {
    return true;
  }

  /** Whether the value is a fraction, to be shown in percent. */
  default boolean isFraction() {
    return false;
  }
}
