package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions of strips. Exponential, logarithm and hyperbolic tangent follow Stephen
 * Moshier's Cephes library (expf.c, logf.c, tanhf.c, single precision), the error function Norbert
 * Juffa's as in {@link Erf}.
 *
 * <p>Each loop holds its whole formula, and what is made of several is a sequence of loops over a
 * block that stays in the first-level cache. A helper from vector to vector would be simpler to
 * read; but C2 inlines it only while its own code is small, and one that is not inlined passes its
 * vectors through the heap.
 */
final class VectorMath {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final FloatVector ONE = FloatVector.broadcast(S, 1f);

  /** Elements that go through the loops of one function together. */
  static final int BLOCK = 512;

  private static final float LOG2_E = 1.44269504088896341f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  /** Added to a float below 2^22, it leaves the nearest integer in the low bits. */
  private static final float ROUNDER = 0x1.8p23f;

  private static final float ROOT_HALF = (float) Math.sqrt(0.5);

  private VectorMath() {}

  static void exp(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> in = S.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(S, a, aAt + i, in);
      // Beyond these the result is infinite or 0 whatever the argument.
      FloatVector x = v.min(90f).max(-105f);
      FloatVector rounded = x.fma(broadcast(LOG2_E), broadcast(ROUNDER));
      FloatVector power = rounded.sub(ROUNDER);
      FloatVector r = power.fma(broadcast(-LN2_HIGH), x);
      r = power.fma(broadcast(-LN2_LOW), r);
      FloatVector p = broadcast(1.9875691500e-4f);
      p = p.fma(r, broadcast(1.3981999507e-3f));
      p = p.fma(r, broadcast(8.3334519073e-3f));
      p = p.fma(r, broadcast(4.1665795894e-2f));
      p = p.fma(r, broadcast(1.6666665459e-1f));
      p = p.fma(r, broadcast(5.0000001201e-1f));
      p = p.fma(r.mul(r), r).add(1f);
      // Two factors, since 2^power itself may be too large or too small for a float.
      IntVector whole = rounded.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUNDER));
      IntVector half = whole.lanewise(VectorOperators.ASHR, 1);
      p.mul(powerOfTwo(half)).mul(powerOfTwo(whole.sub(half))).intoArray(out, outAt + i, in);
    }
  }

  private static FloatVector powerOfTwo(IntVector n) {
    return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  static void log(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> in = S.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(S, a, aAt + i, in);
      VectorMask<Float> tiny = v.compare(VectorOperators.LT, Float.MIN_NORMAL);
      FloatVector x = v.blend(v.mul(0x1p25f), tiny);
      IntVector bits = x.reinterpretAsInts();
      // The mantissa in [sqrt(1/2), sqrt(2)) and the power of two that goes with it.
      IntVector shifted = bits.sub(Float.floatToRawIntBits(ROOT_HALF));
      IntVector exponent = shifted.lanewise(VectorOperators.ASHR, 23);
      FloatVector m =
          bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
      FloatVector e = (FloatVector) exponent.convert(VectorOperators.I2F, 0);
      e = e.blend(e.sub(25f), tiny);
      FloatVector p = broadcast(7.0376836292e-2f);
      p = p.fma(m, broadcast(-1.1514610310e-1f));
      p = p.fma(m, broadcast(1.1676998740e-1f));
      p = p.fma(m, broadcast(-1.2420140846e-1f));
      p = p.fma(m, broadcast(1.4249322787e-1f));
      p = p.fma(m, broadcast(-1.6668057665e-1f));
      p = p.fma(m, broadcast(2.0000714765e-1f));
      p = p.fma(m, broadcast(-2.4999993993e-1f));
      p = p.fma(m, broadcast(3.3333331174e-1f));
      FloatVector square = m.mul(m);
      FloatVector low = e.fma(broadcast(LN2_LOW), p.mul(m).mul(square));
      low = square.fma(broadcast(-0.5f), low);
      FloatVector result = e.fma(broadcast(LN2_HIGH), m.add(low));
      result = result.blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0f));
      result = result.blend(Float.NaN, v.compare(VectorOperators.LT, 0f));
      VectorMask<Float> itself =
          v.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY)
              .or(v.compare(VectorOperators.NE, v));
      result.blend(v, itself).intoArray(out, outAt + i, in);
    }
  }

  /** By the logarithm of the rounded sum, set right by what rounding lost. */
  static void log1p(float[] a, int aAt, float[] out, int outAt, int n) {
    float[] t = Scratch.local().strip();
    for (int from = 0; from < n; from += BLOCK) {
      int count = Math.min(BLOCK, n - from);
      VectorStrip.add(a, aAt + from, 1f, t, 0, count);
      log(t, 0, t, 0, count);
      restore(a, aAt + from, t, out, outAt + from, count);
    }
  }

  private static void restore(float[] a, int aAt, float[] t, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> in = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, in);
      FloatVector u = x.add(1f);
      FloatVector lost = x.sub(u.sub(1f)).div(u);
      FloatVector log = FloatVector.fromArray(S, t, i, in);
      // Where u is infinite, 0 or not a number, there is nothing to set right.
      VectorMask<Float> finite = lost.compare(VectorOperators.EQ, lost);
      log.blend(log.add(lost), finite.and(u.compare(VectorOperators.GT, 0f)))
          .intoArray(out, outAt + i, in);
    }
  }

  static void sigmoid(float[] a, int aAt, float[] out, int outAt, int n) {
    float[] t = Scratch.local().strip();
    for (int from = 0; from < n; from += BLOCK) {
      int count = Math.min(BLOCK, n - from);
      VectorStrip.neg(a, aAt + from, t, 0, count);
      exp(t, 0, t, 0, count);
      VectorStrip.add(t, 0, 1f, t, 0, count);
      VectorStrip.reciprocal(t, 0, out, outAt + from, count);
    }
  }

  static void tanh(float[] a, int aAt, float[] out, int outAt, int n) {
    float[] t = Scratch.local().strip();
    for (int from = 0; from < n; from += BLOCK) {
      int count = Math.min(BLOCK, n - from);
      VectorStrip.abs(a, aAt + from, t, 0, count);
      VectorStrip.add(t, 0, t, 0, t, 0, count);
      exp(t, 0, t, 0, count);
      tanh(a, aAt + from, t, out, outAt + from, count);
    }
  }

  /** From {@code t = exp(2 |a|)}. */
  private static void tanh(float[] a, int aAt, float[] t, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> in = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, in);
      FloatVector z = x.abs();
      FloatVector large = ONE.sub(broadcast(2f).div(FloatVector.fromArray(S, t, i, in).add(1f)));
      FloatVector s = x.mul(x);
      FloatVector p = broadcast(-5.70498872745e-3f);
      p = p.fma(s, broadcast(2.06390887954e-2f));
      p = p.fma(s, broadcast(-5.37397155531e-2f));
      p = p.fma(s, broadcast(1.33314422036e-1f));
      p = p.fma(s, broadcast(-3.33332819422e-1f));
      FloatVector small = p.mul(s).fma(x, x);
      FloatVector signed = large.blend(large.neg(), x.compare(VectorOperators.LT, 0f));
      signed.blend(small, z.compare(VectorOperators.LT, 0.625f)).intoArray(out, outAt + i, in);
    }
  }

  static void erf(float[] a, int aAt, float[] out, int outAt, int n) {
    float[] t = Scratch.local().strip();
    for (int from = 0; from < n; from += BLOCK) {
      int count = Math.min(BLOCK, n - from);
      erfExponent(a, aAt + from, 1f, t, count);
      exp(t, 0, t, 0, count);
      erf(a, aAt + from, 1f, t, out, outAt + from, count);
    }
  }

  /** The exponent of erf's form for large arguments, here {@code scale * a}. */
  private static void erfExponent(float[] a, int aAt, float scale, float[] t, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> in = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, in).mul(scale);
      FloatVector z = x.abs();
      FloatVector s = x.mul(x);
      FloatVector r = z.fma(broadcast(-1.72853470e-5f), broadcast(3.83197126e-4f));
      FloatVector u = z.fma(broadcast(-3.88396438e-3f), broadcast(2.42546219e-2f));
      r = r.fma(s, u);
      r = r.fma(z, broadcast(-1.06777877e-1f));
      r = r.fma(z, broadcast(-6.34846687e-1f));
      r = r.fma(z, broadcast(-1.28717512e-1f));
      r = r.fma(z, z.neg());
      r.intoArray(t, i, in);
    }
  }

  /** From {@code t}, e to that exponent. */
  private static void erf(
      float[] a, int aAt, float scale, float[] t, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> in = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, in).mul(scale);
      FloatVector large = ONE.sub(FloatVector.fromArray(S, t, i, in));
      large = large.blend(large.neg(), x.compare(VectorOperators.LT, 0f));
      FloatVector s = x.mul(x);
      FloatVector p = broadcast(-5.96761703e-4f);
      p = p.fma(s, broadcast(4.99119423e-3f));
      p = p.fma(s, broadcast(-2.67681349e-2f));
      p = p.fma(s, broadcast(1.12819925e-1f));
      p = p.fma(s, broadcast(-3.76125336e-1f));
      p = p.fma(s, broadcast(1.28379166e-1f));
      large
          .blend(p.fma(x, x), x.abs().compare(VectorOperators.LE, 0.927734375f))
          .intoArray(out, outAt + i, in);
    }
  }

  static void gelu(float[] a, int aAt, float[] out, int outAt, int n) {
    float[] t = Scratch.local().strip();
    for (int from = 0; from < n; from += BLOCK) {
      int count = Math.min(BLOCK, n - from);
      cumulative(a, aAt + from, t, count);
      VectorStrip.mul(a, aAt + from, t, 0, out, outAt + from, count);
    }
  }

  static void geluDerivative(float[] a, int aAt, float[] out, int outAt, int n) {
    float[] t = Scratch.local().strip();
    for (int from = 0; from < n; from += BLOCK) {
      int count = Math.min(BLOCK, n - from);
      cumulative(a, aAt + from, t, count);
      geluDerivative(a, aAt + from, t, count);
      System.arraycopy(t, 0, out, outAt + from, count);
    }
  }

  /** {@code t = (1 + erf(a / sqrt(2))) / 2}, the normal distribution's cumulative probability. */
  private static void cumulative(float[] a, int aAt, float[] t, int n) {
    erfExponent(a, aAt, ROOT_HALF, t, n);
    exp(t, 0, t, 0, n);
    erf(a, aAt, ROOT_HALF, t, t, 0, n);
    VectorStrip.add(t, 0, 1f, t, 0, n);
    VectorStrip.mul(t, 0, 0.5f, t, 0, n);
  }

  /** {@code t += a * density(a)}. */
  private static void geluDerivative(float[] a, int aAt, float[] t, int n) {
    float[] u = Scratch.local().otherStrip();
    VectorStrip.square(a, aAt, u, 0, n);
    VectorStrip.mul(u, 0, -0.5f, u, 0, n);
    exp(u, 0, u, 0, n);
    VectorStrip.mul(u, 0, (float) (1 / Math.sqrt(2 * Math.PI)), u, 0, n);
    VectorStrip.mulAdd(a, aAt, u, 0, t, 0, t, 0, n);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(S, value);
  }
}
