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

  /** {@code best[i] = max(best[i], seen[i])}. */
  static void larger(int n, float[] best, float[] seen) {
    for (int i = 0; i < n; i++) {
      best[i] = Math.max(best[i], seen[i]);
    }
  }

  /** {@code row[i] = max(row[i] + add, floor)}. */
  static void finish(int n, float add, float floor, float[] row) {
    for (int i = 0; i < n; i++) {
      row[i] = Math.max(row[i] + add, floor);
    }
  }

  /**
   * {@code to[at + j * step + i] = rows[i][from + j]} for {@code count} rows of {@code n}: eight
   * rows at a time, whose elements become neighbours.
   */
  static void interleave(int count, int n, float[][] rows, int from, float[] to, int at, int step) {
    int i = 0;
    for (; i <= count - 8; i += 8) {
      interleaveEight(n, rows, i, from, to, at + i, step);
    }
    for (; i < count; i++) {
      float[] row = rows[i];
      for (int j = 0; j < n; j++) {
        to[at + i + j * step] = row[from + j];
      }
    }
  }

  private static void interleaveEight(
      int n, float[][] rows, int i, int from, float[] to, int at, int step) {
    float[] r0 = rows[i];
    float[] r1 = rows[i + 1];
    float[] r2 = rows[i + 2];
    float[] r3 = rows[i + 3];
    float[] r4 = rows[i + 4];
    float[] r5 = rows[i + 5];
    float[] r6 = rows[i + 6];
    float[] r7 = rows[i + 7];
    for (int j = 0; j < n; j++) {
      int place = at + j * step;
      to[place] = r0[from + j];
      to[place + 1] = r1[from + j];
      to[place + 2] = r2[from + j];
      to[place + 3] = r3[from + j];
      to[place + 4] = r4[from + j];
      to[place + 5] = r5[from + j];
      to[place + 6] = r6[from + j];
      to[place + 7] = r7[from + j];
    }
  }
}
