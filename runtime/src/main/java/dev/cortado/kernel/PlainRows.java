package dev.cortado.kernel;

import java.util.Arrays;

/**
 * Matrix products in plain loops that HotSpot vectorizes: every row of the right matrix and of the
 * result is an array of its own, read and written from index 0, for loops over one array at several
 * offsets stay scalar. A sum is one chain in the order of its steps.
 *
 * <p>The object holds a thread's rows and is used again and again.
 */
final class PlainRows {
  private static final ThreadLocal<PlainRows> LOCAL = ThreadLocal.withInitial(PlainRows::new);

  private float[][] right = {};
  private float[][] result = {};
  private float[] left = {};

  static PlainRows local() {
    return LOCAL.get();
  }

  /** Rows of the right matrix, at least {@code count} of at least {@code length}. */
  float[][] right(int count, int length) {
    right = grown(right, count, length);
    return right;
  }

  /** Rows of the result, all zeros. */
  float[][] result(int count, int length) {
    result = grown(result, count, length);
    for (int i = 0; i < count; i++) {
      Arrays.fill(result[i], 0, length, 0f);
    }
    return result;
  }

  /** For a left matrix that must be arranged. */
  float[] left(int floats) {
    if (left.length < floats) {
      left = new float[floats];
    }
    return left;
  }

  private static float[][] grown(float[][] rows, int count, int length) {
    float[][] grown = rows.length < count ? Arrays.copyOf(rows, count) : rows;
    for (int i = 0; i < count; i++) {
      // New elements of the copy are null.
      if (i >= rows.length || grown[i].length < length) {
        grown[i] = new float[length];
      }
    }
    return grown;
  }

  /**
   * {@code c[i][j] += sum over p of a[i][p] * b[p][j]}: element {@code (i, p)} of a stands at
   * {@code aAt + i * aRow + p * aStep}.
   */
  static void multiplyAdd(
      int m, int n, int k, float[] a, int aAt, int aRow, int aStep, float[][] b, float[][] c) {
    for (int i = 0; i < m; i++) {
      row(n, k, a, aAt + i * aRow, aStep, b, c[i]);
    }
  }

  private static void row(int n, int k, float[] a, int aAt, int aStep, float[][] b, float[] c) {
    int p = 0;
    for (; p <= k - 8; p += 8) {
      int at = aAt + p * aStep;
      eight(
          n,
          a[at],
          a[at + aStep],
          a[at + 2 * aStep],
          a[at + 3 * aStep],
          a[at + 4 * aStep],
          a[at + 5 * aStep],
          a[at + 6 * aStep],
          a[at + 7 * aStep],
          b,
          p,
          c);
    }
    if (p <= k - 4) {
      int at = aAt + p * aStep;
      four(n, a[at], a[at + aStep], a[at + 2 * aStep], a[at + 3 * aStep], b, p, c);
      p += 4;
    }
    for (; p < k; p++) {
      one(n, a[aAt + p * aStep], b[p], c);
    }
  }

  private static void eight(
      int n,
      float v0,
      float v1,
      float v2,
      float v3,
      float v4,
      float v5,
      float v6,
      float v7,
      float[][] b,
      int p,
      float[] c) {
    float[] b0 = b[p];
    float[] b1 = b[p + 1];
    float[] b2 = b[p + 2];
    float[] b3 = b[p + 3];
    float[] b4 = b[p + 4];
    float[] b5 = b[p + 5];
    float[] b6 = b[p + 6];
    float[] b7 = b[p + 7];
    for (int j = 0; j < n; j++) {
      float sum = c[j] + v0 * b0[j] + v1 * b1[j] + v2 * b2[j] + v3 * b3[j];
      c[j] = sum + v4 * b4[j] + v5 * b5[j] + v6 * b6[j] + v7 * b7[j];
    }
  }

  private static void four(
      int n, float v0, float v1, float v2, float v3, float[][] b, int p, float[] c) {
    float[] b0 = b[p];
    float[] b1 = b[p + 1];
    float[] b2 = b[p + 2];
    float[] b3 = b[p + 3];
    for (int j = 0; j < n; j++) {
      c[j] = c[j] + v0 * b0[j] + v1 * b1[j] + v2 * b2[j] + v3 * b3[j];
    }
  }

  private static void one(int n, float v, float[] b, float[] c) {
    for (int j = 0; j < n; j++) {
      c[j] += v * b[j];
    }
  }
}
