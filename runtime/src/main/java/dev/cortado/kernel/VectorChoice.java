package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Comparisons and choices of {@link Strip} on the Vector API. A mask is a float, 1 or 0. */
final class VectorChoice {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final FloatVector ZERO = FloatVector.zero(S);
  private static final FloatVector ONE = FloatVector.broadcast(S, 1f);

  private VectorChoice() {}

  static void greater(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i);
      ZERO.blend(ONE, x.compare(VectorOperators.GT, y)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i, rest);
      ZERO.blend(ONE, x.compare(VectorOperators.GT, y)).intoArray(out, outAt + i, rest);
    }
  }

  static void greaterOrEqual(
      float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i);
      ZERO.blend(ONE, x.compare(VectorOperators.GE, y)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i, rest);
      ZERO.blend(ONE, x.compare(VectorOperators.GE, y)).intoArray(out, outAt + i, rest);
    }
  }

  static void equal(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i);
      ZERO.blend(ONE, x.compare(VectorOperators.EQ, y)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i, rest);
      ZERO.blend(ONE, x.compare(VectorOperators.EQ, y)).intoArray(out, outAt + i, rest);
    }
  }

  static void notEqual(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i);
      ZERO.blend(ONE, x.compare(VectorOperators.NE, y)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i, rest);
      ZERO.blend(ONE, x.compare(VectorOperators.NE, y)).intoArray(out, outAt + i, rest);
    }
  }

  static void less(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      ZERO.blend(ONE, x.compare(VectorOperators.LT, y)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      ZERO.blend(ONE, x.compare(VectorOperators.LT, y)).intoArray(out, outAt + i, rest);
    }
  }

  static void lessOrEqual(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      ZERO.blend(ONE, x.compare(VectorOperators.LE, y)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      ZERO.blend(ONE, x.compare(VectorOperators.LE, y)).intoArray(out, outAt + i, rest);
    }
  }

  static void greater(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      ZERO.blend(ONE, x.compare(VectorOperators.GT, y)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      ZERO.blend(ONE, x.compare(VectorOperators.GT, y)).intoArray(out, outAt + i, rest);
    }
  }

  static void greaterOrEqual(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      ZERO.blend(ONE, x.compare(VectorOperators.GE, y)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      ZERO.blend(ONE, x.compare(VectorOperators.GE, y)).intoArray(out, outAt + i, rest);
    }
  }

  static void equal(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      ZERO.blend(ONE, x.compare(VectorOperators.EQ, y)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      ZERO.blend(ONE, x.compare(VectorOperators.EQ, y)).intoArray(out, outAt + i, rest);
    }
  }

  static void notEqual(float[] a, int aAt, float s, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      ZERO.blend(ONE, x.compare(VectorOperators.NE, y)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      ZERO.blend(ONE, x.compare(VectorOperators.NE, y)).intoArray(out, outAt + i, rest);
    }
  }

  static void where(
      float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i);
      FloatVector z = FloatVector.fromArray(S, c, cAt + i);
      z.blend(y, x.compare(VectorOperators.NE, 0f)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i, rest);
      FloatVector z = FloatVector.fromArray(S, c, cAt + i, rest);
      z.blend(y, x.compare(VectorOperators.NE, 0f)).intoArray(out, outAt + i, rest);
    }
  }

  static void where(
      float[] a, int aAt, float[] b, int bAt, float c, float[] out, int outAt, int n) {
    FloatVector z = FloatVector.broadcast(S, c);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i);
      z.blend(y, x.compare(VectorOperators.NE, 0f)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector y = FloatVector.fromArray(S, b, bAt + i, rest);
      z.blend(y, x.compare(VectorOperators.NE, 0f)).intoArray(out, outAt + i, rest);
    }
  }

  static void where(
      float[] a, int aAt, float b, float[] c, int cAt, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, b);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector z = FloatVector.fromArray(S, c, cAt + i);
      z.blend(y, x.compare(VectorOperators.NE, 0f)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector z = FloatVector.fromArray(S, c, cAt + i, rest);
      z.blend(y, x.compare(VectorOperators.NE, 0f)).intoArray(out, outAt + i, rest);
    }
  }

  static void where(float[] a, int aAt, float b, float c, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, b);
    FloatVector z = FloatVector.broadcast(S, c);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      z.blend(y, x.compare(VectorOperators.NE, 0f)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      z.blend(y, x.compare(VectorOperators.NE, 0f)).intoArray(out, outAt + i, rest);
    }
  }

  static void zeroWhereAtMost(
      float[] a, int aAt, float s, float[] c, int cAt, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector z = FloatVector.fromArray(S, c, cAt + i);
      z.blend(0f, x.compare(VectorOperators.LE, y)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector z = FloatVector.fromArray(S, c, cAt + i, rest);
      z.blend(0f, x.compare(VectorOperators.LE, y)).intoArray(out, outAt + i, rest);
    }
  }

  static void whereGreater(
      float[] a, int aAt, float s, float[] c, int cAt, float[] out, int outAt, int n) {
    FloatVector y = FloatVector.broadcast(S, s);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector z = FloatVector.fromArray(S, c, cAt + i);
      ZERO.blend(z, x.compare(VectorOperators.GT, y)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> rest = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, rest);
      FloatVector z = FloatVector.fromArray(S, c, cAt + i, rest);
      ZERO.blend(z, x.compare(VectorOperators.GT, y)).intoArray(out, outAt + i, rest);
    }
  }
}
