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

  /** For images whose channels lie last, as planes. */
  float[] planes = {};

  /** The images that taps are at, as planes. */
  float[] images = {};

  int imagesAt;

  /** The tap that this thread's convolution is at. */
  final TapRows tap = new TapRows();

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

  /** Says where taps find the first of some images. */
  void images(float[] array, int at) {
    images = array;
    imagesAt = at;
  }

  /** Room for so many floats of {@link #planes}. */
  float[] planes(int floats) {
    if (planes.length < floats) {
      planes = new float[floats];
    }
    return planes;
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
    int i = 0;
    for (; i <= m - 2; i += 2) {
      rows(n, k, a, aAt + i * aRow, aRow, aStep, b, c[i], c[i + 1]);
    }
    if (i < m) {
      row(n, k, a, aAt + i * aRow, aStep, b, c[i]);
    }
  }

  private static void rows(
      int n, int k, float[] a, int aAt, int aRow, int aStep, float[][] b, float[] c, float[] d) {
    int p = 0;
    for (; p <= k - 4; p += 4) {
      pair(n, a, aAt + p * aStep, aRow, aStep, b, p, c, d);
    }
    for (; p < k; p++) {
      one(n, a[aAt + p * aStep], b[p], c);
      one(n, a[aAt + aRow + p * aStep], b[p], d);
    }
  }

  /** Four steps of two rows; HotSpot does not vectorize the same with four rows. */
  private static void pair(
      int n, float[] a, int at, int aRow, int aStep, float[][] b, int p, float[] c, float[] d) {
    float v0 = a[at];
    float v1 = a[at + aStep];
    float v2 = a[at + 2 * aStep];
    float v3 = a[at + 3 * aStep];
    float w0 = a[at + aRow];
    float w1 = a[at + aRow + aStep];
    float w2 = a[at + aRow + 2 * aStep];
    float w3 = a[at + aRow + 3 * aStep];
    float[] b0 = b[p];
    float[] b1 = b[p + 1];
    float[] b2 = b[p + 2];
    float[] b3 = b[p + 3];
    for (int j = 0; j < n; j++) {
      float x0 = b0[j];
      float x1 = b1[j];
      float x2 = b2[j];
      float x3 = b3[j];
      float s = c[j] + v0 * x0 + v1 * x1 + v2 * x2 + v3 * x3;
      float t = d[j] + w0 * x0 + w1 * x1 + w2 * x2 + w3 * x3;
      c[j] = s;
      d[j] = t;
    }
  }

  private static void row(int n, int k, float[] a, int aAt, int aStep, float[][] b, float[] c) {
    int p = 0;
    for (; p <= k - 4; p += 4) {
      int at = aAt + p * aStep;
      four(n, a[at], a[at + aStep], a[at + 2 * aStep], a[at + 3 * aStep], b, p, c);
    }
    for (; p < k; p++) {
      one(n, a[aAt + p * aStep], b[p], c);
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
