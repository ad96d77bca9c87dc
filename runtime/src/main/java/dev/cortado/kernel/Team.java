package dev.cortado.kernel;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A small team of threads that shares loops.
 *
 * <p>What a part of a loop computes must not depend on where the range is cut; then results are
 * bitwise the same for any number of threads. A launch allocates nothing: keep the {@link
 * RangeTask} in a field rather than capturing variables at the call. The team serves one caller at
 * a time; a loop that finds it busy, or that is started from inside another, runs in its own
 * thread.
 */
public final class Team {
  private static final AtomicBoolean BUSY = new AtomicBoolean();
  private static final Worker[] NONE = {};

  /** Floats of a cache line: two threads had better not write to the same one. */
  private static final int LINE = 16;

  /** Loops of so many turns are cut at whole cache lines. */
  private static final int LONG = 1024;

  // Written only by the caller that holds BUSY.
  private static volatile int threads = initialThreads();
  private static Worker[] workers = NONE;

  private Team() {}

  private static int initialThreads() {
    int processors = Runtime.getRuntime().availableProcessors();
    return Math.max(1, Integer.getInteger("cortado.threads", processors));
  }

  /** The number of threads a loop may use, the calling one included. */
  public static int threads() {
    return threads;
  }

  /**
   * Sets the number of threads; at the start it is the system property {@code cortado.threads}, or
   * the number of processors.
   *
   * @throws IllegalArgumentException if {@code count} is not positive
   */
  public static void setThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a team needs at least 1 thread, not " + count);
    }
    while (!BUSY.compareAndSet(false, true)) {
      Thread.onSpinWait();
    }
    try {
      for (Worker worker : workers) {
        worker.stop();
      }
      workers = NONE;
      threads = count;
    } finally {
      BUSY.set(false);
    }
  }

  /**
   * Runs {@code task} over {@code [0, size)}, in equal parts, and returns when all are done. A loop
   * of {@code grain} turns or fewer is not worth a launch and runs in the calling thread; there are
   * no more parts than grains. What a part throws is thrown here, once all parts have ended.
   */
  public static void run(int size, int grain, RangeTask task) {
    run(size, grain, size >= LONG ? LINE : 1, task);
  }

  /** The same, in parts that start at multiples of {@code step} and are as equal as that allows. */
  public static void run(int size, int grain, int step, RangeTask task) {
    if (size <= 0) {
      return;
    }
    if (size <= grain || threads == 1 || !BUSY.compareAndSet(false, true)) {
      task.run(0, size);
      return;
    }
    try {
      launch(size, grain, step, task);
    } finally {
      BUSY.set(false);
    }
  }

  private static void launch(int size, int grain, int step, RangeTask task) {
    if (workers.length != threads - 1) {
      hire(threads - 1);
    }
    int steps = Math.ceilDiv(size, step);
    int parts = Math.min(threads, Math.min(steps, Math.ceilDiv(size, grain)));
    for (int part = 1; part < parts; part++) {
      workers[part - 1].start(
          task, cut(part, parts, steps) * step, Math.min(size, cut(part + 1, parts, steps) * step));
    }
    Throwable failure = null;
    try {
      task.run(0, Math.min(size, cut(1, parts, steps) * step));
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    for (int part = 1; part < parts; part++) {
      Throwable other = workers[part - 1].await();
      failure = failure == null ? other : failure;
    }
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }

  /** First step of a part. */
  private static int cut(int part, int parts, int steps) {
    return (int) ((long) steps * part / parts);
  }

  private static void hire(int count) {
    Worker[] team = new Worker[count];
    for (int i = 0; i < count; i++) {
      team[i] = Worker.hire(i + 1);
    }
    workers = team;
  }
}
