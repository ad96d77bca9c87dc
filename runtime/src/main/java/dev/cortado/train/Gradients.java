package dev.cortado.train;

import dev.cortado.ParameterInfo;
import dev.cortado.kernel.Strip;
import java.util.List;

/** Loops over gradients. */
final class Gradients {
  private Gradients() {}

  /** Whether the first {@code count} values are all finite. */
  static boolean finite(float[] values, int count) {
    return finite(values, 0, count);
  }

  static boolean finite(float[] values, int from, int to) {
    return Strip.isFinite(values, from, to - from);
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
    // Four sums, for one would wait for itself at every element.
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i <= to - 4; i += 4) {
      s0 += (double) values[i] * values[i];
      s1 += (double) values[i + 1] * values[i + 1];
      s2 += (double) values[i + 2] * values[i + 2];
      s3 += (double) values[i + 3] * values[i + 3];
    }
    for (; i < to; i++) {
      s0 += (double) values[i] * values[i];
    }
    return s0 + s1 + (s2 + s3);
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
