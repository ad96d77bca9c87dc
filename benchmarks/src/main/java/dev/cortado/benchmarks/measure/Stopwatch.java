package dev.cortado.benchmarks.measure;

import java.util.Arrays;

/** Times turns. It keeps the times of single steps in an array made before the first turn. */
public final class Stopwatch {
  private static final int KEPT = 1 << 20;

  private final long[] times = new long[KEPT];

  /** Lets {@code step} run for {@code seconds}, at least 3 steps. */
  public Turn turn(Runnable step, double seconds) {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    int steps = 0;
    long before = start;
    do {
      step.run();
      long now = System.nanoTime();
      times[steps++] = now - before;
      before = now;
    } while ((before < end || steps < 3) && steps < KEPT);
    Arrays.sort(times, 0, steps);
    return new Turn(
        steps,
        steps * 1e9 / (before - start),
        times[steps / 2] / 1e3,
        times[(int) Math.min(steps - 1L, steps * 99L / 100)] / 1e3);
  }

  /**
   * Runs {@code step} until three successive half seconds agree within 2%, or {@code limit} seconds
   * are over.
   *
   * @return seconds it took
   */
  public double warmUp(Runnable step, double limit) {
    double[] last = new double[3];
    long start = System.nanoTime();
    double passed;
    int turns = 0;
    do {
      last[turns++ % last.length] = turn(step, 0.5).perSecond();
      passed = (System.nanoTime() - start) / 1e9;
    } while (passed < limit && !(turns > 4 && settled(last)));
    return passed;
  }

  private static boolean settled(double[] rates) {
    double most = Arrays.stream(rates).max().orElseThrow();
    double least = Arrays.stream(rates).min().orElseThrow();
    return most <= 1.02 * least;
  }
}
