package dev.cortado.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The right matrix of products, laid out once for many of them: a recurrence multiplies by the same
 * weights at every step, a service by the same weights at every call. The object is filled again
 * and again without allocating; results are those of the product whatever the number of threads.
 *
 * <p>While one thread packs no other may use it; any number may multiply at the same time.
 */
public final class PackedMatrix {
  private static final float[] NOTHING = {};

  private int n;
  private int k;

  /** Panels of {@link Tiles#BROAD} columns, the last of a {@link #width} of its own, row by row. */
  private float[] panels = NOTHING;

  /** The matrix as it is stored, when it is not laid out; else null. */
  private float @Nullable [] stored;

  private int storedAt;
  private boolean transposed;

  /** For an empty matrix; {@link #pack} gives it its size. */
  public PackedMatrix() {}

  /**
   * Lays out {@code op(B)}, which is {@code [k, n]}: stored as {@code [k, n]}, or as {@code [n, k]}
   * when {@code storedTransposed}.
   *
   * @return this
   */
  public PackedMatrix pack(int newN, int newK, float[] b, int bOffset, boolean storedTransposed) {
    n = newN;
    k = newK;
    stored = null;
    if (!Kernels.VECTOR) {
      packPlain(b, bOffset, storedTransposed);
      return this;
    }
    ensure(Math.toIntExact(floats(n, k)));
    for (int j = 0; j < n; j += Tiles.BROAD) {
      int columns = Math.min(Tiles.BROAD, n - j);
      int width = width(columns);
      if (storedTransposed) {
        Transpose.run(b, bOffset + j * k, k, columns, k, panels, j * k, width);
      } else {
        Packing.rows(b, bOffset + j, n, k, columns, panels, j * k, width);
      }
    }
    return this;
  }

  /**
   * {@link #pack} for a matrix that is laid out once in a process, most likely in its first
   * milliseconds: by loops that the interpreter, too, runs at its usual speed, where the Vector API
   * takes some hundred times as long until it is compiled.
   *
   * @return this
   */
  public PackedMatrix packOnce(int newN, int newK, float[] b, int bOffset, boolean transposed) {
    n = newN;
    k = newK;
    stored = null;
    if (!Kernels.VECTOR) {
      packPlain(b, bOffset, transposed);
      return this;
    }
    ensure(Math.toIntExact(floats(n, k)));
    for (int j = 0; j < n; j += Tiles.BROAD) {
      int columns = Math.min(Tiles.BROAD, n - j);
      int width = width(columns);
      for (int i = 0; i < columns; i++) {
        int from = bOffset + (transposed ? (j + i) * k : j + i);
        packColumn(b, from, transposed ? 1 : n, j * k + i, width);
      }
    }
    return this;
  }

  private void packColumn(float[] b, int from, int step, int to, int width) {
    for (int p = 0; p < k; p++) {
      panels[to + p * width] = b[from + p * step];
    }
  }

  /**
   * Lays nothing out: products read {@code op(B)} where it is stored, as it then is. For a matrix
   * that may change at any time, and is not used often enough to be packed each time.
   *
   * @return this
   */
  public PackedMatrix refer(int newN, int newK, float[] b, int bOffset, boolean storedTransposed) {
    n = newN;
    k = newK;
    stored = b;
    storedAt = bOffset;
    transposed = storedTransposed;
    panels = NOTHING;
    return this;
  }

  /** How many floats a matrix {@code [k, n]} takes when it is laid out. */
  public static long floats(int n, int k) {
    if (!Kernels.VECTOR) {
      return (long) k * n;
    }
    int whole = n - n % Tiles.BROAD;
    return (long) k * (whole < n ? whole + width(n - whole) : n);
  }

  /** How wide a panel for so many columns is: one, two or four vectors. */
  static int width(int columns) {
    return columns > Tiles.PANEL ? Tiles.BROAD : columns > Lanes.COUNT ? Tiles.PANEL : Lanes.COUNT;
  }

  private void packPlain(float[] b, int bOffset, boolean storedTransposed) {
    ensure(k * n);
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j++) {
        panels[p * n + j] = b[bOffset + (storedTransposed ? j * k + p : p * n + j)];
      }
    }
  }

  private void ensure(int floats) {
    if (panels.length < floats) {
      panels = new float[floats];
    }
  }

  /** {@code C = A op(B)}: A is {@code [m, k]}, C {@code [m, n]}, and they do not overlap. */
  public void multiply(int m, float[] a, int aOffset, float[] c, int cOffset) {
    run(m, a, aOffset, false, null, 0, Activation.NONE, c, cOffset);
  }

  /** {@code C += A op(B)}. */
  public void multiplyAdd(int m, float[] a, int aOffset, float[] c, int cOffset) {
    run(m, a, aOffset, true, null, 0, Activation.NONE, c, cOffset);
  }

  /**
   * {@code C = activation(A op(B) + bias)}.
   *
   * @param bias a number for each of the {@code n} columns of C, or null
   */
  public void multiply(
      int m,
      float[] a,
      int aOffset,
      float @Nullable [] bias,
      int biasOffset,
      Activation activation,
      float[] c,
      int cOffset) {
    run(m, a, aOffset, false, bias, biasOffset, activation, c, cOffset);
  }

  private void run(
      int m,
      float[] a,
      int aOffset,
      boolean add,
      float @Nullable [] bias,
      int biasOffset,
      Activation activation,
      float[] c,
      int cOffset) {
    if (m <= 0 || n <= 0) {
      return;
    }
    if (stored != null) {
      Gemm.run(
          1,
          m,
          n,
          k,
          a,
          aOffset,
          0,
          false,
          stored,
          storedAt,
          0,
          transposed,
          c,
          cOffset,
          0,
          add,
          bias,
          biasOffset,
          activation);
    } else if (Kernels.VECTOR) {
      PackedProduct.run(m, n, k, a, aOffset, panels, add, bias, biasOffset, activation, c, cOffset);
    } else {
      PlainGemm.multiply(
          1,
          m,
          n,
          k,
          a,
          aOffset,
          0,
          false,
          panels,
          0,
          0,
          false,
          c,
          cOffset,
          0,
          add,
          bias,
          biasOffset,
          activation);
    }
  }
}
