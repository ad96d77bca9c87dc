package dev.cortado.benchmarks.measure;

import dev.cortado.ParameterInfo;
import dev.cortado.benchmarks.peer.Contestant;
import dev.cortado.benchmarks.peer.TrainingContestant;
import java.util.Arrays;
import java.util.List;

/** Contestants are timed only when they compute the same: the same weights, the same batch. */
public final class Agreement {
  /** The largest difference, relative to the largest magnitude of the tensor. */
  private static final double TOLERANCE = 1e-4;

  private Agreement() {}

  /**
   * Compares outputs.
   *
   * @return the largest relative difference
   * @throws IllegalStateException when they differ
   */
  public static double outputs(List<? extends Contestant> contestants) {
    Contestant first = contestants.getFirst();
    float[] expected = first.outputs();
    double worst = 0;
    for (Contestant other : contestants.subList(1, contestants.size())) {
      worst = Math.max(worst, check("outputs", first, expected, other, other.outputs()));
    }
    return worst;
  }

  /**
   * Compares outputs, the loss, and the gradient of each parameter.
   *
   * @return the largest relative difference
   * @throws IllegalStateException when they differ
   */
  public static double training(
      List<? extends TrainingContestant> contestants, List<ParameterInfo> parameters) {
    double worst = outputs(contestants);
    TrainingContestant first = contestants.getFirst();
    float[] loss = {first.loss()};
    float[] gradients = first.gradients();
    for (TrainingContestant other : contestants.subList(1, contestants.size())) {
      worst = Math.max(worst, check("loss", first, loss, other, new float[] {other.loss()}));
      float[] others = other.gradients();
      for (ParameterInfo p : parameters) {
        int to = p.offset() + p.count();
        worst =
            Math.max(
                worst,
                check(
                    "gradient of " + p.name(),
                    first,
                    Arrays.copyOfRange(gradients, p.offset(), to),
                    other,
                    Arrays.copyOfRange(others, p.offset(), to)));
      }
    }
    return worst;
  }

  private static double check(String what, Contestant one, float[] a, Contestant other, float[] b) {
    if (a.length != b.length) {
      throw new IllegalStateException(
          "%s: %d of %s, %d of %s".formatted(what, a.length, one.name(), b.length, other.name()));
    }
    double scale = 0;
    double difference = 0;
    for (int i = 0; i < a.length; i++) {
      scale = Math.max(scale, Math.abs(a[i]));
      difference = Math.max(difference, Math.abs((double) a[i] - b[i]));
    }
    double relative = scale == 0 ? difference : difference / scale;
    if (!(relative <= TOLERANCE)) {
      throw new IllegalStateException(
          "%s: %s and %s differ by %.1e of %.3g, so their times say nothing"
              .formatted(what, one.name(), other.name(), relative, scale));
    }
    return relative;
  }
}
