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
  private int n;
  private int k;

  /** Panels of {@link Tiles#PANEL} columns, the last as wide as its columns need, row by row. */
  private float[] panels = {};

  /** For an empty matrix; {@link #pack} gives it its size. */
  public PackedMatrix() {}

  /**
   * Lays out {@code op(B)}, which is {@code [k, n]}: stored as {@code [k, n]}, or as {@code [n, k]}
   * when {@code transposed}.
   *
   * @return this
   */
  public PackedMatrix pack(int newN, int newK, float[] b, int bOffset, boolean transposed) {
    n = newN;
    k = newK;
    if (!Kernels.VECTOR) {
      packPlain(b, bOffset, transposed);
      return this;
    }
    ensure(k * Lanes.roundUp(n));
    for (int j = 0; j < n; j += Tiles.PANEL) {
      int columns = Math.min(Tiles.PANEL, n - j);
      int width = Lanes.roundUp(columns);
      if (transposed) {
        Transpose.run(b, bOffset + j * k, k, columns, k, panels, j * k, width);
      } else {
        Packing.rows(b, bOffset + j, n, k, columns, panels, j * k, width);
      }
    }
    return this;
  }

  private void packPlain(float[] b, int bOffset, boolean transposed) {
    ensure(k * n);
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j++) {
        panels[p * n + j] = b[bOffset + (transposed ? j * k + p : p * n + j)];
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
    if (Kernels.VECTOR) {
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
