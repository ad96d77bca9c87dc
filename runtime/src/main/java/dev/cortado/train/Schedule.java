package dev.cortado.train;

import java.util.Arrays;

/**
 * How the learning rate changes over a run: a factor on the optimizer's rate for each epoch, or for
 * each update, counted from 0. Schedules are combined by {@link #then} and {@link #times}. The
 * values are those of PyTorch's schedulers for a base rate of 1.
 */
public interface Schedule {
  /** The factor in epoch or update number {@code count}, from 0 on. */
  double factor(long count);

  /** Is told the watched number after each epoch; only schedules that react to it care. */
  default void observe(double value) {}

  /** What {@link #observe} has left behind, to be saved with a checkpoint. */
  default double[] memory() {
    return new double[0];
  }

  /** Goes on from saved {@link #memory}. */
  default void restore(double[] memory) {
    if (memory.length != 0) {
      throw new IllegalArgumentException("another schedule was saved in this checkpoint");
    }
  }

  /** Always the optimizer's own rate. */
  static Schedule constant() {
    return count -> 1;
  }

  /** Multiplies by {@code gamma} after every {@code every} epochs or updates. */
  static Schedule step(int every, double gamma) {
    checkLength("the length of a step", every);
    return count -> Math.pow(gamma, count / every);
  }

  /** Multiplies by {@code gamma} at each of the milestones, given in rising order. */
  static Schedule multiStep(double gamma, int... milestones) {
    int[] rising = milestones.clone();
    for (int i = 1; i < rising.length; i++) {
      if (rising[i] <= rising[i - 1]) {
        throw new IllegalArgumentException("milestones must rise, got " + Arrays.toString(rising));
      }
    }
    return count -> {
      int passed = 0;
      for (int milestone : rising) {
        passed += count >= milestone ? 1 : 0;
      }
      return Math.pow(gamma, passed);
    };
  }

  /** Multiplies by {@code gamma} each time. */
  static Schedule exponential(double gamma) {
    return count -> Math.pow(gamma, count);
  }

  /**
   * Falls from 1 to {@code least} along half a cosine within {@code length} and stays there
   * (PyTorch's rises again).
   */
  static Schedule cosine(int length, double least) {
    checkLength("the length of a cosine", length);
    return count -> wave(Math.min(count, length) / (double) length, least);
  }

  /**
   * As {@link #cosine}, but starts again at 1 after {@code first}; each cosine is {@code growth}
   * times as long as the one before (Loshchilov and Hutter, 2017).
   */
  static Schedule cosineRestarts(int first, int growth, double least) {
    checkLength("the length of a cosine", first);
    checkLength("the growth of cosines", growth);
    return count -> {
      long start = 0;
      long length = first;
      while (count >= start + length) {
        start += length;
        length *= growth;
      }
      return wave((count - start) / (double) length, least);
    };
  }

  private static double wave(double position, double least) {
    return least + (1 - least) * (1 + Math.cos(Math.PI * position)) / 2;
  }

  /** Goes from one factor to another in a straight line within {@code length} and stays there. */
  static Schedule linear(double from, double to, int length) {
    checkLength("the length of a line", length);
    return count -> from + (to - from) * Math.min(count, length) / length;
  }

  /** Rises from {@code from} to 1 in a straight line within {@code length}. */
  static Schedule warmUp(double from, int length) {
    return linear(from, 1, length);
  }

  /**
   * As {@link #oneCycle(int, double, double, double)} with PyTorch's choices: 0.3, 25 and 10,000.
   */
  static Schedule oneCycle(int length) {
    return oneCycle(length, 0.3, 25, 1e4);
  }

  /**
   * Rises to the optimizer's rate and falls far below where it began, along cosines (Smith and
   * Topin, 2018). Momentum stays as it is.
   *
   * @param length of the whole cycle
   * @param rising fraction of it that rises
   * @param startDivisor it starts from 1 divided by this
   * @param endDivisor it ends at the start divided by this
   */
  static Schedule oneCycle(int length, double rising, double startDivisor, double endDivisor) {
    checkLength("the length of a cycle", length);
    double start = 1 / startDivisor;
    double end = start / endDivisor;
    double top = rising * length - 1;
    double last = length - 1;
    return count -> {
      double at = Math.min(count, last);
      return at <= top
          ? start + (1 - start) * (1 - Math.cos(Math.PI * at / top)) / 2
          : wave((at - top) / (last - top), end);
    };
  }

  /**
   * Multiplies by {@code gamma} when the watched number has not improved for more than {@code
   * patience} epochs.
   */
  static Plateau reduceOnPlateau(double gamma, int patience) {
    return new Plateau(gamma, patience);
  }

  /** This schedule for the first {@code length}, then another from its beginning. */
  default Schedule then(int length, Schedule next) {
    checkLength("the length of a schedule", length);
    return new Combined(this, next, length);
  }

  /** The product of two schedules. */
  default Schedule times(Schedule other) {
    return new Combined(this, other, -1);
  }

  private static void checkLength(String what, int length) {
    if (length < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, got " + length);
    }
  }

  /**
   * Two schedules, after one another or multiplied.
   *
   * @param first in both
   * @param second in both
   * @param length of the first one, or -1 to multiply
   */
  record Combined(Schedule first, Schedule second, int length) implements Schedule {
    @Override
    public double factor(long count) {
      if (length < 0) {
        return first.factor(count) * second.factor(count);
      }
      return count < length ? first.factor(count) : second.factor(count - length);
    }

    @Override
    public void observe(double value) {
      first.observe(value);
      second.observe(value);
    }

    @Override
    public double[] memory() {
      double[] a = first.memory();
      double[] b = second.memory();
      double[] both = Arrays.copyOf(a, a.length + b.length);
      System.arraycopy(b, 0, both, a.length, b.length);
      return both;
    }

    @Override
    public void restore(double[] memory) {
      int split = Math.min(first.memory().length, memory.length);
      first.restore(Arrays.copyOf(memory, split));
      second.restore(Arrays.copyOfRange(memory, split, memory.length));
    }
  }
}
