package dev.cortado.kernel;

/**
 * Comparisons and choices of {@link Strip} in plain loops. A mask is a float, 1 or 0. HotSpot
 * chooses among floats by jumps, which cost much where signs are random, but among ints without:
 * zeros are chosen as bits.
 */
final class PlainChoice {
  private PlainChoice() {}

  private static float masked(float value, int mask) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(value) & mask);
  }

  static void greater(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + i] > b[bAt + i] ? 1f : 0f;
    }
  }

  static void greaterOrEqual(
      float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + i] >= b[bAt + i] ? 1f : 0f;
    }
  }

  static void equal(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + i] == b[bAt + i] ? 1f : 0f;
    }
  }

  static void notEqual(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + i] != b[bAt + i] ? 1f : 0f;
    }
  }

  static void less(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + i] < s ? 1f : 0f;
    }
  }

  static void lessOrEqual(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + i] <= s ? 1f : 0f;
    }
  }

  static void greater(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + i] > s ? 1f : 0f;
    }
  }

  static void greaterOrEqual(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + i] >= s ? 1f : 0f;
    }
  }

  static void equal(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + i] == s ? 1f : 0f;
    }
  }

  static void notEqual(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + i] != s ? 1f : 0f;
    }
  }

  static void where(
      float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + i] != 0 ? b[bAt + i] : c[cAt + i];
    }
  }

  static void where(
      float[] a, int aAt, float[] b, int bAt, float c, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + i] != 0 ? b[bAt + i] : c;
    }
  }

  static void where(
      float[] a, int aAt, float b, float[] c, int cAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + i] != 0 ? b : c[cAt + i];
    }
  }

  static void where(float[] a, int aAt, float b, float c, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + i] != 0 ? b : c;
    }
  }

  static void zeroWhereAtMost(
      float[] a, int aAt, float s, float[] c, int cAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float z = c[cAt + i];
      out[outAt + i] = masked(z, a[aAt + i] <= s ? 0 : -1);
    }
  }

  static void whereGreater(
      float[] a, int aAt, float s, float[] c, int cAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float z = c[cAt + i];
      out[outAt + i] = masked(z, a[aAt + i] > s ? -1 : 0);
    }
  }
}
