package dev.cortado.train;

import dev.cortado.ParameterInfo;
import java.util.List;

/** Loops over gradients; plain enough for the JIT compiler to vectorize. */
final class Gradients {
  private static final int MAGNITUDE = 0x7fffffff;
  private static final int INFINITY = 0x7f800000;

  private Gradients() {}

  /** Whether the first {@code count} values are all finite. */
  static boolean finite(float[] values, int count) {
    return finite(values, 0, count);
  }

  static boolean finite(float[] values, int from, int to) {
    // Finite floats, their sign dropped, have bits below those of infinity.
    int largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Float.floatToRawIntBits(values[i]) & MAGNITUDE);
    }
    return largest < INFINITY;
  }

  /** The first of these parameters with a gradient (or weight) that is not finite. */
  static String firstNotFinite(List<ParameterInfo> parameters, float[] values) {
    for (ParameterInfo parameter : parameters) {
      for (int i = 0; i < parameter.count(); i++) {
        float value = values[parameter.offset() + i];
        if (!Float.isFinite(value)) {
          return "%s[%d] (%s)".formatted(parameter.name(), i, value);
        }
      }
    }
    return "an unused weight";
  }

  static double squares(float[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) values[i] * values[i];
    }
    return sum;
  }

  static void scale(float[] values, int count, float factor) {
    for (int i = 0; i < count; i++) {
      values[i] *= factor;
    }
  }

  static void clamp(float[] values, int count, float limit) {
    for (int i = 0; i < count; i++) {
      values[i] = Math.max(-limit, Math.min(limit, values[i]));
    }
  }

  static void addPenalties(float[] values, float[] weights, float l1, float l2) {
    for (int i = 0; i < weights.length; i++) {
      values[i] += l1 * Math.signum(weights[i]) + 2 * l2 * weights[i];
    }
  }

  /** {@code sum += factor * values}. */
  static void accumulate(float[] sum, float[] values, float factor) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * values[i];
    }
  }
}
