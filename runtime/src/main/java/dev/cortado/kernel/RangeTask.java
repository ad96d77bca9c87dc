package dev.cortado.kernel;

/** Work on a range of indices that may be split between threads. */
@FunctionalInterface
public interface RangeTask {
  /** Does the part {@code [from, to)}. */
  void run(int from, int to);
}
