package dev.cortado.kernel;

import java.util.Arrays;

/**
 * Element-wise arithmetic on strips: {@code n} consecutive floats from an offset. Generated loops
 * run a chain of these over blocks of about a thousand elements, so that what goes from one to the
 * next stays in the first-level cache; C2 does not vectorize loops over one array at several
 * offsets.
 *
 * <p>{@code out} may be one of the operands at the same offset, and must not otherwise overlap
 * them.
 */
public final class Strip {
  /** Elements that a chain of operations works on together: they stay in the first-level cache. */
  public static final int LENGTH = 1024;

  /** Intermediate results that a chain may hold at a time. */
  public static final int SCRATCHES = 24;

  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[SCRATCHES * LENGTH]);

  private Strip() {}

  /** Each {@code out} is {@code -a}. */
  public static void neg(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.neg(a, aAt, out, outAt, n);
    } else {
      PlainStrip.neg(a, aAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code |a|}. */
  public static void abs(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.abs(a, aAt, out, outAt, n);
    } else {
      PlainStrip.abs(a, aAt, out, outAt, n);
    }
  }

  /** Each {@code out} is the square root of a. */
  public static void sqrt(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.sqrt(a, aAt, out, outAt, n);
    } else {
      PlainStrip.sqrt(a, aAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code 1 / sqrt(a)}. */
  public static void rsqrt(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.rsqrt(a, aAt, out, outAt, n);
    } else {
      PlainStrip.rsqrt(a, aAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code 1 / a}. */
  public static void reciprocal(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.reciprocal(a, aAt, out, outAt, n);
    } else {
      PlainStrip.reciprocal(a, aAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code a * a}. */
  public static void square(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.square(a, aAt, out, outAt, n);
    } else {
      PlainStrip.square(a, aAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code max(a, 0)}. */
  public static void relu(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.relu(a, aAt, out, outAt, n);
    } else {
      PlainStrip.relu(a, aAt, out, outAt, n);
    }
  }

  /**
   * Each {@code out} is e to the a, within 2 ulp; 0 where it would be less than the least normal
   * float.
   */
  public static void exp(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorMath.exp(a, aAt, out, outAt, n);
    } else {
      PlainStrip.exp(a, aAt, out, outAt, n);
    }
  }

  /** Each {@code out} is the natural logarithm of a, within 2 ulp. */
  public static void log(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorMath.log(a, aAt, out, outAt, n);
    } else {
      PlainStrip.log(a, aAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code log(1 + a), exact for small a too}. */
  public static void log1p(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorMath.log1p(a, aAt, out, outAt, n);
    } else {
      PlainStrip.log1p(a, aAt, out, outAt, n);
    }
  }

  /** Each {@code out} is the hyperbolic tangent of a, within 3 ulp. */
  public static void tanh(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorMath.tanh(a, aAt, out, outAt, n);
    } else {
      PlainStrip.tanh(a, aAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code 1 / (1 + exp(-a))}. */
  public static void sigmoid(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorMath.sigmoid(a, aAt, out, outAt, n);
    } else {
      PlainStrip.sigmoid(a, aAt, out, outAt, n);
    }
  }

  /** Each {@code out} is the error function of a. */
  public static void erf(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorMath.erf(a, aAt, out, outAt, n);
    } else {
      PlainStrip.erf(a, aAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code a * (1 + erf(a / sqrt(2))) / 2}. */
  public static void gelu(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorMath.gelu(a, aAt, out, outAt, n);
    } else {
      PlainStrip.gelu(a, aAt, out, outAt, n);
    }
  }

  /** Each {@code out} is the derivative of gelu at a. */
  public static void geluDerivative(float[] a, int aAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorMath.geluDerivative(a, aAt, out, outAt, n);
    } else {
      PlainStrip.geluDerivative(a, aAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code a + b}. */
  public static void add(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.add(a, aAt, b, bAt, out, outAt, n);
    } else {
      PlainStrip.add(a, aAt, b, bAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code a - b}. */
  public static void sub(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.sub(a, aAt, b, bAt, out, outAt, n);
    } else {
      PlainStrip.sub(a, aAt, b, bAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code a * b}. */
  public static void mul(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.mul(a, aAt, b, bAt, out, outAt, n);
    } else {
      PlainStrip.mul(a, aAt, b, bAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code a / b}. */
  public static void div(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.div(a, aAt, b, bAt, out, outAt, n);
    } else {
      PlainStrip.div(a, aAt, b, bAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code max(a, b)}. */
  public static void max(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.max(a, aAt, b, bAt, out, outAt, n);
    } else {
      PlainStrip.max(a, aAt, b, bAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code min(a, b)}. */
  public static void min(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.min(a, aAt, b, bAt, out, outAt, n);
    } else {
      PlainStrip.min(a, aAt, b, bAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code a + s}. */
  public static void add(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.add(a, aAt, s, out, outAt, n);
    } else {
      PlainStrip.add(a, aAt, s, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code a * s}. */
  public static void mul(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.mul(a, aAt, s, out, outAt, n);
    } else {
      PlainStrip.mul(a, aAt, s, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code a / s}. */
  public static void div(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.div(a, aAt, s, out, outAt, n);
    } else {
      PlainStrip.div(a, aAt, s, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code max(a, s)}. */
  public static void max(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.max(a, aAt, s, out, outAt, n);
    } else {
      PlainStrip.max(a, aAt, s, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code min(a, s)}. */
  public static void min(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.min(a, aAt, s, out, outAt, n);
    } else {
      PlainStrip.min(a, aAt, s, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code s - a}. */
  public static void subFrom(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.subFrom(a, aAt, s, out, outAt, n);
    } else {
      PlainStrip.subFrom(a, aAt, s, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code s / a}. */
  public static void divInto(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.divInto(a, aAt, s, out, outAt, n);
    } else {
      PlainStrip.divInto(a, aAt, s, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code a * b + c, rounded once}. */
  public static void mulAdd(
      float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.mulAdd(a, aAt, b, bAt, c, cAt, out, outAt, n);
    } else {
      PlainStrip.mulAdd(a, aAt, b, bAt, c, cAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code a * s + c, rounded once}. */
  public static void mulAdd(
      float[] a, int aAt, float s, float[] c, int cAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorStrip.mulAdd(a, aAt, s, c, cAt, out, outAt, n);
    } else {
      PlainStrip.mulAdd(a, aAt, s, c, cAt, out, outAt, n);
    }
  }

  /** The sum of a strip, in a fixed order. */
  public static float sum(float[] a, int aAt, int n) {
    return Kernels.VECTOR ? VectorStrip.sum(a, aAt, n) : PlainStrip.sum(a, aAt, n);
  }

  /** The largest element of a strip that is not empty; NaN if there is one. */
  public static float max(float[] a, int aAt, int n) {
    return Kernels.VECTOR ? VectorStrip.max(a, aAt, n) : PlainStrip.max(a, aAt, n);
  }

  /** Whether no element of a strip is infinite or NaN. */
  public static boolean isFinite(float[] a, int aAt, int n) {
    return Kernels.VECTOR ? VectorStrip.isFinite(a, aAt, n) : PlainStrip.isFinite(a, aAt, n);
  }

  /** The sum of the products of two strips, in a fixed order. */
  public static float dot(float[] a, int aAt, float[] b, int bAt, int n) {
    return Kernels.VECTOR ? VectorStrip.dot(a, aAt, b, bAt, n) : PlainStrip.dot(a, aAt, b, bAt, n);
  }

  /** Each {@code out} is 1 where {@code a > b}, else 0. */
  public static void greater(
      float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.greater(a, aAt, b, bAt, out, outAt, n);
    } else {
      PlainChoice.greater(a, aAt, b, bAt, out, outAt, n);
    }
  }

  /** Each {@code out} is 1 where {@code a >= b}, else 0. */
  public static void greaterOrEqual(
      float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.greaterOrEqual(a, aAt, b, bAt, out, outAt, n);
    } else {
      PlainChoice.greaterOrEqual(a, aAt, b, bAt, out, outAt, n);
    }
  }

  /** Each {@code out} is 1 where {@code a == b}, else 0. */
  public static void equal(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.equal(a, aAt, b, bAt, out, outAt, n);
    } else {
      PlainChoice.equal(a, aAt, b, bAt, out, outAt, n);
    }
  }

  /** Each {@code out} is 1 where {@code a != b}, else 0. */
  public static void notEqual(
      float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.notEqual(a, aAt, b, bAt, out, outAt, n);
    } else {
      PlainChoice.notEqual(a, aAt, b, bAt, out, outAt, n);
    }
  }

  /** Each {@code out} is 1 where {@code a < s}, else 0. */
  public static void less(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.less(a, aAt, s, out, outAt, n);
    } else {
      PlainChoice.less(a, aAt, s, out, outAt, n);
    }
  }

  /** Each {@code out} is 1 where {@code a <= s}, else 0. */
  public static void lessOrEqual(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.lessOrEqual(a, aAt, s, out, outAt, n);
    } else {
      PlainChoice.lessOrEqual(a, aAt, s, out, outAt, n);
    }
  }

  /** Each {@code out} is 1 where {@code a > s}, else 0. */
  public static void greater(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.greater(a, aAt, s, out, outAt, n);
    } else {
      PlainChoice.greater(a, aAt, s, out, outAt, n);
    }
  }

  /** Each {@code out} is 1 where {@code a >= s}, else 0. */
  public static void greaterOrEqual(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.greaterOrEqual(a, aAt, s, out, outAt, n);
    } else {
      PlainChoice.greaterOrEqual(a, aAt, s, out, outAt, n);
    }
  }

  /** Each {@code out} is 1 where {@code a == s}, else 0. */
  public static void equal(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.equal(a, aAt, s, out, outAt, n);
    } else {
      PlainChoice.equal(a, aAt, s, out, outAt, n);
    }
  }

  /** Each {@code out} is 1 where {@code a != s}, else 0. */
  public static void notEqual(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.notEqual(a, aAt, s, out, outAt, n);
    } else {
      PlainChoice.notEqual(a, aAt, s, out, outAt, n);
    }
  }

  /** Each {@code out} is b where a is not 0, else c. */
  public static void where(
      float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.where(a, aAt, b, bAt, c, cAt, out, outAt, n);
    } else {
      PlainChoice.where(a, aAt, b, bAt, c, cAt, out, outAt, n);
    }
  }

  /** Each {@code out} is b where a is not 0, else c. */
  public static void where(
      float[] a, int aAt, float[] b, int bAt, float c, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.where(a, aAt, b, bAt, c, out, outAt, n);
    } else {
      PlainChoice.where(a, aAt, b, bAt, c, out, outAt, n);
    }
  }

  /** Each {@code out} is b where a is not 0, else c. */
  public static void where(
      float[] a, int aAt, float b, float[] c, int cAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.where(a, aAt, b, c, cAt, out, outAt, n);
    } else {
      PlainChoice.where(a, aAt, b, c, cAt, out, outAt, n);
    }
  }

  /** Each {@code out} is b where a is not 0, else c. */
  public static void where(float[] a, int aAt, float b, float c, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.where(a, aAt, b, c, out, outAt, n);
    } else {
      PlainChoice.where(a, aAt, b, c, out, outAt, n);
    }
  }

  /** Each {@code out} is 0 where {@code a <= s}, else c: the gradient of relu. */
  public static void zeroWhereAtMost(
      float[] a, int aAt, float s, float[] c, int cAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.zeroWhereAtMost(a, aAt, s, c, cAt, out, outAt, n);
    } else {
      PlainChoice.zeroWhereAtMost(a, aAt, s, c, cAt, out, outAt, n);
    }
  }

  /** Each {@code out} is c where {@code a > s}, else 0: the gradient of relu from its result. */
  public static void whereGreater(
      float[] a, int aAt, float s, float[] c, int cAt, float[] out, int outAt, int n) {
    if (Kernels.VECTOR) {
      VectorChoice.whereGreater(a, aAt, s, c, cAt, out, outAt, n);
    } else {
      PlainChoice.whereGreater(a, aAt, s, c, cAt, out, outAt, n);
    }
  }

  /** Each {@code out} is {@code a}. */
  public static void copy(float[] a, int aAt, float[] out, int outAt, int n) {
    System.arraycopy(a, aAt, out, outAt, n);
  }

  /** Each {@code out} is {@code s}. */
  public static void fill(float s, float[] out, int outAt, int n) {
    Arrays.fill(out, outAt, outAt + n, s);
  }

  /** {@code out[i] = a[step * i]}. */
  public static void gather(float[] a, int aAt, int step, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a[aAt + step * i];
    }
  }

  /** Random numbers {@code index}, {@code index + 1}, … of a stream; see {@link RandomNumbers}. */
  public static void uniform(
      long seed, long step, int stream, int index, float[] out, int outAt, int n) {
    int key = RandomNumbers.key(seed, step, stream);
    for (int i = 0; i < n; i++) {
      out[outAt + i] = RandomNumbers.uniform(key, index + i);
    }
  }

  /** The least element of a strip that is not empty; NaN if there is one. */
  public static float min(float[] a, int aAt, int n) {
    float min = Float.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      min = Math.min(min, a[aAt + i]);
    }
    return min;
  }

  /**
   * Room for intermediate results, {@link #LENGTH} floats each, of the kernel that this thread is
   * in.
   */
  public static float[] scratch() {
    return SCRATCH.get();
  }
}
