package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Strip} on the Vector API. */
final class VectorStrip {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final FloatVector ONE = FloatVector.broadcast(S, 1f);

  private VectorStrip() {}

  static void neg(float[] a, int aAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      x.neg().intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      x.neg().intoArray(out, outAt + i, rest);
    }
  }

  static void abs(float[] a, int aAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      x.abs().intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      x.abs().intoArray(out, outAt + i, rest);
    }
  }

  static void sqrt(float[] a, int aAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      x.sqrt().intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      x.sqrt().intoArray(out, outAt + i, rest);
    }
  }

  static void rsqrt(float[] a, int aAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      ONE.div(x.sqrt()).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      ONE.div(x.sqrt()).intoArray(out, outAt + i, rest);
    }
  }

  static void reciprocal(float[] a, int aAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      ONE.div(x).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      ONE.div(x).intoArray(out, outAt + i, rest);
    }
  }

  static void square(float[] a, int aAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      x.mul(x).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      x.mul(x).intoArray(out, outAt + i, rest);
    }
  }

  static void relu(float[] a, int aAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      x.max(0f).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      x.max(0f).intoArray(out, outAt + i, rest);
    }
  }

  static void add(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i);
      x.add(y).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i, rest);
      x.add(y).intoArray(out, outAt + i, rest);
    }
  }

  static void sub(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i);
      x.sub(y).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i, rest);
      x.sub(y).intoArray(out, outAt + i, rest);
    }
  }

  static void mul(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i);
      x.mul(y).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i, rest);
      x.mul(y).intoArray(out, outAt + i, rest);
    }
  }

  static void div(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i);
      x.div(y).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i, rest);
      x.div(y).intoArray(out, outAt + i, rest);
    }
  }

  static void max(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i);
      x.max(y).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i, rest);
      x.max(y).intoArray(out, outAt + i, rest);
    }
  }

  static void min(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i);
      x.min(y).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i, rest);
      x.min(y).intoArray(out, outAt + i, rest);
    }
  }

  static void add(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      x.add(y).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      x.add(y).intoArray(out, outAt + i, rest);
    }
  }

  static void mul(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      x.mul(y).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      x.mul(y).intoArray(out, outAt + i, rest);
    }
  }

  static void div(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      x.div(y).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      x.div(y).intoArray(out, outAt + i, rest);
    }
  }

  static void max(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      x.max(y).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      x.max(y).intoArray(out, outAt + i, rest);
    }
  }

  static void min(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      x.min(y).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      x.min(y).intoArray(out, outAt + i, rest);
    }
  }

  static void subFrom(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      y.sub(x).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      y.sub(x).intoArray(out, outAt + i, rest);
    }
  }

  static void divInto(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      y.div(x).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      y.div(x).intoArray(out, outAt + i, rest);
    }
  }

  static void mulAdd(
      float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i);
      FloatVector z = FloatVector.fromArray(S, c, cAt + i);
      x.fma(y, z).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i, rest);
      FloatVector z = FloatVector.fromArray(S, c, cAt + i, rest);
      x.fma(y, z).intoArray(out, outAt + i, rest);
    }
  }

  static void mulAdd(
      float[] a, int aAt, float s, float[] c, int cAt, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector z = FloatVector.fromArray(S, c, cAt + i);
      x.fma(y, z).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector z = FloatVector.fromArray(S, c, cAt + i, rest);
      x.fma(y, z).intoArray(out, outAt + i, rest);
    }
  }

  static float sum(float[] a, int aAt, int n) {
    // Not ZERO: a vector that starts as a constant object stays an object in the loop.
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * L; i += 4 * L) {
      s0 = s0.add(FloatVector.fromArray(S, a, aAt + i));
      s1 = s1.add(FloatVector.fromArray(S, a, aAt + i + L));
      s2 = s2.add(FloatVector.fromArray(S, a, aAt + i + 2 * L));
      s3 = s3.add(FloatVector.fromArray(S, a, aAt + i + 3 * L));
    }
    for (; i < n; i += L) {
      s0 = s0.add(FloatVector.fromArray(S, a, aAt + i, S.indexInRange(i, n)));
    }
    return LaneSums.of(s0.add(s1).add(s2.add(s3)));
  }

  static float max(float[] a, int aAt, int n) {
    float max = Float.NEGATIVE_INFINITY;
    int i = 0;
    if (n >= L) {
      FloatVector lanes = FloatVector.fromArray(S, a, aAt);
      for (i = L; i <= n - L; i += L) {
        lanes = lanes.max(FloatVector.fromArray(S, a, aAt + i));
      }
      // Unlike a sum, a maximum is the same in every order.
      max = lanes.reduceLanes(VectorOperators.MAX);
    }
    for (; i < n; i++) {
      max = Math.max(max, a[aAt + i]);
    }
    return max;
  }

  /** {@code 0 * x} is 0 for what is finite and NaN for the rest, and a sum keeps a NaN. */
  static boolean isFinite(float[] a, int aAt, int n) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * L; i += 4 * L) {
      FloatVector x0 = FloatVector.fromArray(S, a, aAt + i);
      FloatVector x1 = FloatVector.fromArray(S, a, aAt + i + L);
      FloatVector x2 = FloatVector.fromArray(S, a, aAt + i + 2 * L);
      FloatVector x3 = FloatVector.fromArray(S, a, aAt + i + 3 * L);
      s0 = s0.add(x0.mul(0f));
      s1 = s1.add(x1.mul(0f));
      s2 = s2.add(x2.mul(0f));
      s3 = s3.add(x3.mul(0f));
    }
    float rest = 0;
    for (; i < n; i++) {
      rest += 0 * a[aAt + i];
    }
    return rest + s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD) == 0;
  }

  static float dot(float[] a, int aAt, float[] b, int bAt, int n) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * L; i += 4 * L) {
      s0 = product(a, aAt + i, b, bAt + i, s0);
      s1 = product(a, aAt + i + L, b, bAt + i + L, s1);
      s2 = product(a, aAt + i + 2 * L, b, bAt + i + 2 * L, s2);
      s3 = product(a, aAt + i + 3 * L, b, bAt + i + 3 * L, s3);
    }
    for (; i < n; i += L) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      s0 = x.fma(FloatVector.fromArray(S, b, bAt + i, rest), s0);
    }
    return LaneSums.of(s0.add(s1).add(s2.add(s3)));
  }

  private static FloatVector product(float[] a, int aAt, float[] b, int bAt, FloatVector sum) {
    return FloatVector.fromArray(S, a, aAt).fma(FloatVector.fromArray(S, b, bAt), sum);
  }
}
