package dev.cortado.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Matrix products on dense row-major matrices that lie somewhere in a {@code float[]}.
 *
 * <p>{@code op(A)} is {@code [m, k]}: stored as {@code [m, k]}, or as {@code [k, m]} when {@code
 * transposeA}. {@code op(B)} is {@code [k, n]}: stored as {@code [k, n]}, or as {@code [n, k]} when
 * {@code transposeB}. {@code C} is {@code [m, n]} and must not overlap {@code A} or {@code B}. Any
 * size may be 0; with {@code k = 0} the product is all zeros. Sums are in single precision.
 */
public final class Gemm {
  private Gemm() {}

  /** {@code C = op(A) op(B)}. */
  public static void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      boolean transposeA,
      float[] b,
      int bOffset,
      boolean transposeB,
      float[] c,
      int cOffset) {
    run(
        1,
        m,
        n,
        k,
        a,
        aOffset,
        0,
        transposeA,
        b,
        bOffset,
        0,
        transposeB,
        c,
        cOffset,
        0,
        false,
        null,
        0,
        Activation.NONE);
  }

  /**
   * {@code C = activation(op(A) op(B) + bias)}.
   *
   * @param bias a number for each of the {@code n} columns of C, or null
   */
  public static void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      boolean transposeA,
      float[] b,
      int bOffset,
      boolean transposeB,
      float @Nullable [] bias,
      int biasOffset,
      Activation activation,
      float[] c,
      int cOffset) {
    run(
        1,
        m,
        n,
        k,
        a,
        aOffset,
        0,
        transposeA,
        b,
        bOffset,
        0,
        transposeB,
        c,
        cOffset,
        0,
        false,
        bias,
        biasOffset,
        activation);
  }

  /** {@code C += op(A) op(B)}. */
  public static void multiplyAdd(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      boolean transposeA,
      float[] b,
      int bOffset,
      boolean transposeB,
      float[] c,
      int cOffset) {
    run(
        1,
        m,
        n,
        k,
        a,
        aOffset,
        0,
        transposeA,
        b,
        bOffset,
        0,
        transposeB,
        c,
        cOffset,
        0,
        true,
        null,
        0,
        Activation.NONE);
  }

  /**
   * {@code C_i = op(A_i) op(B_i)} for {@code i} in {@code [0, batch)}. Matrix {@code i} starts
   * {@code i} steps after the offset; a step of 0 uses the same {@code A} or {@code B} every time.
   */
  public static void multiplyBatch(
      int batch,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aStep,
      boolean transposeA,
      float[] b,
      int bOffset,
      int bStep,
      boolean transposeB,
      float[] c,
      int cOffset,
      int cStep) {
    run(
        batch,
        m,
        n,
        k,
        a,
        aOffset,
        aStep,
        transposeA,
        b,
        bOffset,
        bStep,
        transposeB,
        c,
        cOffset,
        cStep,
        false,
        null,
        0,
        Activation.NONE);
  }

  static void run(
      int batch,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aStep,
      boolean transposeA,
      float[] b,
      int bOffset,
      int bStep,
      boolean transposeB,
      float[] c,
      int cOffset,
      int cStep,
      boolean accumulate,
      float @Nullable [] bias,
      int biasOffset,
      Activation activation) {
    if (batch <= 0 || m <= 0 || n <= 0) {
      return;
    }
    if (Kernels.VECTOR) {
      VectorGemm.multiply(
          batch,
          m,
          n,
          k,
          a,
          aOffset,
          aStep,
          transposeA,
          b,
          bOffset,
          bStep,
          transposeB,
          c,
          cOffset,
          cStep,
          accumulate,
          bias,
          biasOffset,
          activation);
      return;
    }
    PlainGemm.multiply(
        batch,
        m,
        n,
        k,
        a,
        aOffset,
        aStep,
        transposeA,
        b,
        bOffset,
        bStep,
        transposeB,
        c,
        cOffset,
        cStep,
        accumulate,
        bias,
        biasOffset,
        activation);
  }
}
