package dev.cortado.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

/** What the kernels' tests share. */
final class Floats {
  private Floats() {}

  /** Uniform in [-1, 1). */
  static float[] random(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** Equal within a tolerance, and exactly in the guard zones at both ends. */
  static void assertClose(float[] actual, double[] expected, double tolerance, int guard) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      boolean guarded = i < guard || i >= actual.length - guard;
      double allowed = guarded ? 0 : tolerance;
      if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
        assertThat((double) actual[i])
            .as(guarded ? "guard %d" : "element %d", i)
            .isEqualTo(expected[i], within(allowed));
      }
    }
  }
}
