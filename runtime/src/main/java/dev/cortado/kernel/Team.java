package dev.cortado.kernel;

/**
 * A small team of threads that shares loops.
 *
 * <p>The range of a loop is cut at multiples of its grain, and what a part computes must not depend
 * on the cuts; then results are bitwise the same for any number of threads. A launch allocates
 * nothing: keep the {@link RangeTask} in a field rather than capturing variables at the call.
 */
public final class Team {
  private Team() {}

  /**
   * Runs {@code task} over {@code [0, size)}, in parts that start at multiples of {@code grain},
   * and returns when all are done. {@code grain} is also the least work worth a thread: a loop of
   * one grain or less runs in the calling thread.
   */
  public static void run(int size, int grain, RangeTask task) {
    if (size > 0) {
      task.run(0, size);
    }
  }
}
