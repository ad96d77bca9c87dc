package dev.cortado;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What eager execution depends on besides its arguments, for each thread by itself: the generator
 * behind {@link Ops#uniform}, {@link Ops#normal} and {@link Ops#dropout}, and whether dropout
 * drops. Generated networks do not look at either.
 */
public final class Eager {
  private static final ThreadLocal<Random> RANDOM = ThreadLocal.withInitial(() -> new Random(0));
  private static final ThreadLocal<Boolean> TRAINING = ThreadLocal.withInitial(() -> false);

  private Eager() {}

  /** Restarts this thread's generator; each thread's starts from seed 0. */
  public static void seed(long seed) {
    RANDOM.get().setSeed(seed);
  }

  /** Runs something with dropout on: {@code training(() -> model.forward(x))}. */
  public static <T> T training(Supplier<T> run) {
    boolean before = TRAINING.get();
    TRAINING.set(true);
    try {
      return run.get();
    } finally {
      TRAINING.set(before);
    }
  }

  /**
   * Runs something with every tensor rounded to single precision, as generated networks compute,
   * and tells which operations gave an infinite value or a NaN, in order: the first one is where
   * they arose, unless it is meant to be infinite, like a mask.
   *
   * @param model whose layers are to be told by name, {@code net.eager()}
   */
  public static List<Origin> nonFinite(Object model, Runnable run) {
    return FiniteWatch.over(EagerWeights.tensors(model), run).found();
  }

  /**
   * Runs something as {@link #nonFinite} does and tells which operation gave the finite value of
   * the largest magnitude: sums that exceed single precision on their way are near it.
   *
   * @return empty when no tensor was made
   */
  public static Optional<Origin> largest(Object model, Runnable run) {
    return FiniteWatch.over(EagerWeights.tensors(model), run).largest();
  }

  static boolean isTraining() {
    return TRAINING.get();
  }

  static Random random() {
    return RANDOM.get();
  }
}
