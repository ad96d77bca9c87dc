package dev.cortado.kernel;

/** {@link Strip} in plain loops. */
final class PlainStrip {
  private static final float ROOT_HALF = (float) Math.sqrt(0.5);

  /** The density of the normal distribution at 0. */
  private static final float ROOT_TAU = (float) (1 / Math.sqrt(2 * Math.PI));

  private PlainStrip() {}

  static void neg(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = -x;
    }
  }

  static void abs(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = Math.abs(x);
    }
  }

  static void sqrt(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = (float) Math.sqrt(x);
    }
  }

  static void rsqrt(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = 1f / (float) Math.sqrt(x);
    }
  }

  static void reciprocal(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = 1f / x;
    }
  }

  static void square(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = x * x;
    }
  }

  static void relu(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = Math.max(x, 0f);
    }
  }

  static void exp(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = (float) Math.exp(x);
    }
  }

  static void log(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = (float) Math.log(x);
    }
  }

  static void log1p(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = (float) Math.log1p(x);
    }
  }

  static void tanh(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = (float) Math.tanh(x);
    }
  }

  static void sigmoid(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = 1f / (1f + (float) Math.exp(-x));
    }
  }

  static void erf(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = Erf.erf(x);
    }
  }

  static void gelu(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = 0.5f * x * (1f + Erf.erf(x * ROOT_HALF));
    }
  }

  static void geluDerivative(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] =
          0.5f * (1f + Erf.erf(x * ROOT_HALF)) + x * ROOT_TAU * (float) Math.exp(-0.5f * x * x);
    }
  }

  static void add(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      float y = b[bAt + i];
      out[outAt + i] = x + y;
    }
  }

  static void sub(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      float y = b[bAt + i];
      out[outAt + i] = x - y;
    }
  }

  static void mul(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      float y = b[bAt + i];
      out[outAt + i] = x * y;
    }
  }

  static void div(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      float y = b[bAt + i];
      out[outAt + i] = x / y;
    }
  }

  static void max(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      float y = b[bAt + i];
      out[outAt + i] = Math.max(x, y);
    }
  }

  static void min(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      float y = b[bAt + i];
      out[outAt + i] = Math.min(x, y);
    }
  }

  static void add(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = x + s;
    }
  }

  static void mul(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = x * s;
    }
  }

  static void div(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = x / s;
    }
  }

  static void max(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = Math.max(x, s);
    }
  }

  static void min(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = Math.min(x, s);
    }
  }

  static void subFrom(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = s - x;
    }
  }

  static void divInto(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      out[outAt + i] = s / x;
    }
  }

  static void mulAdd(
      float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      float y = b[bAt + i];
      float z = c[cAt + i];
      out[outAt + i] = Math.fma(x, y, z);
    }
  }

  static void mulAdd(
      float[] a, int aAt, float s, float[] c, int cAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i];
      float z = c[cAt + i];
      out[outAt + i] = Math.fma(x, s, z);
    }
  }

  static float sum(float[] a, int aAt, int n) {
    // Four sums, so that one addition need not wait for the other.
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i <= n - 4; i += 4) {
      s0 += a[aAt + i];
      s1 += a[aAt + i + 1];
      s2 += a[aAt + i + 2];
      s3 += a[aAt + i + 3];
    }
    float sum = (s0 + s1) + (s2 + s3);
    for (; i < n; i++) {
      sum += a[aAt + i];
    }
    return sum;
  }

  static float max(float[] a, int aAt, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, a[aAt + i]);
    }
    return max;
  }

  /** {@code 0 * x} is 0 for what is finite and NaN for the rest, and a sum keeps a NaN. */
  static boolean isFinite(float[] a, int aAt, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i <= n - 4; i += 4) {
      s0 += 0 * a[aAt + i];
      s1 += 0 * a[aAt + i + 1];
      s2 += 0 * a[aAt + i + 2];
      s3 += 0 * a[aAt + i + 3];
    }
    for (; i < n; i++) {
      s0 += 0 * a[aAt + i];
    }
    return s0 + s1 + s2 + s3 == 0;
  }

  static float dot(float[] a, int aAt, float[] b, int bAt, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i <= n - 4; i += 4) {
      s0 += a[aAt + i] * b[bAt + i];
      s1 += a[aAt + i + 1] * b[bAt + i + 1];
      s2 += a[aAt + i + 2] * b[bAt + i + 2];
      s3 += a[aAt + i + 3] * b[bAt + i + 3];
    }
    float sum = (s0 + s1) + (s2 + s3);
    for (; i < n; i++) {
      sum += a[aAt + i] * b[bAt + i];
    }
    return sum;
  }
}
