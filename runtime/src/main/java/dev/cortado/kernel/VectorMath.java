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
 * <p>Each loop holds its whole formula, the exponential again and again. A helper from vector to
 * vector would be simpler to read; but C2 inlines it only while its own code is small, and one that
 * is not inlined passes its vectors through the heap. Nor does it help to run several loops over a
 * block: inlined into one method, they were half as fast.
 */
final class VectorMath {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final FloatVector ONE = FloatVector.broadcast(S, 1f);

  /** Elements that go through the loops of one function together. */
  static final int BLOCK = 512;

  private static final FloatVector LOG2_E = all(1.44269504088896341f);
  private static final FloatVector LN2_HIGH = all(0.693359375f);
  private static final FloatVector MINUS_LN2_HIGH = LN2_HIGH.neg();
  private static final FloatVector LN2_LOW = all(-2.12194440e-4f);
  private static final FloatVector MINUS_LN2_LOW = LN2_LOW.neg();

  // The polynomial of the exponential, by power of the argument.
  private static final FloatVector E2 = all(5.0000001201e-1f);
  private static final FloatVector E3 = all(1.6666665459e-1f);
  private static final FloatVector E4 = all(4.1665795894e-2f);
  private static final FloatVector E5 = all(8.3334519073e-3f);
  private static final FloatVector E6 = all(1.3981999507e-3f);
  private static final FloatVector E7 = all(1.9875691500e-4f);

  // The polynomial of the logarithm, and a half.
  private static final FloatVector LOG_0 = all(7.0376836292e-2f);
  private static final FloatVector LOG_1 = all(-1.1514610310e-1f);
  private static final FloatVector LOG_2 = all(1.1676998740e-1f);
  private static final FloatVector LOG_3 = all(-1.2420140846e-1f);
  private static final FloatVector LOG_4 = all(1.4249322787e-1f);
  private static final FloatVector LOG_5 = all(-1.6668057665e-1f);
  private static final FloatVector LOG_6 = all(2.0000714765e-1f);
  private static final FloatVector LOG_7 = all(-2.4999993993e-1f);
  private static final FloatVector LOG_8 = all(3.3333331174e-1f);
  private static final FloatVector LOG_9 = all(-0.5f);

  // Of the hyperbolic tangent.
  private static final FloatVector TANH_0 = all(2f);
  private static final FloatVector TANH_1 = all(-5.70498872745e-3f);
  private static final FloatVector TANH_2 = all(2.06390887954e-2f);
  private static final FloatVector TANH_3 = all(-5.37397155531e-2f);
  private static final FloatVector TANH_4 = all(1.33314422036e-1f);
  private static final FloatVector TANH_5 = all(-3.33332819422e-1f);

  // Of the error function: first its form for large arguments, then that for small ones.
  private static final FloatVector ERF_0 = all(-1.72853470e-5f);
  private static final FloatVector ERF_1 = all(3.83197126e-4f);
  private static final FloatVector ERF_2 = all(-3.88396438e-3f);
  private static final FloatVector ERF_3 = all(2.42546219e-2f);
  private static final FloatVector ERF_4 = all(-1.06777877e-1f);
  private static final FloatVector ERF_5 = all(-6.34846687e-1f);
  private static final FloatVector ERF_6 = all(-1.28717512e-1f);
  private static final FloatVector ERF_7 = all(-5.96761703e-4f);
  private static final FloatVector ERF_8 = all(4.99119423e-3f);
  private static final FloatVector ERF_9 = all(-2.67681349e-2f);
  private static final FloatVector ERF_10 = all(1.12819925e-1f);
  private static final FloatVector ERF_11 = all(-3.76125336e-1f);
  private static final FloatVector ERF_12 = all(1.28379166e-1f);

  /** Added to a float below 2^22, it leaves the nearest integer in the low bits. */
  private static final FloatVector ROUNDER = all(0x1.8p23f);

  /** The exponential is infinite from here on. */
  private static final float MOST = 88.72284f;

  /**
   * Below this the exponential would leave the normal floats, where arithmetic is a hundred times
   * slower; it is taken for 0.
   */
  private static final float LEAST = -87.33654f;

  private static final float ROOT_HALF = (float) Math.sqrt(0.5);

  private VectorMath() {}

  /**
   * What is left after whole vectors goes through the loop in a vector of its own, which stands
   * after the thread's block: masks in the loop itself would cost every turn of it.
   */
  private static float[] rest(float[] a, int aAt, int n) {
    float[] t = Scratch.local().strip();
    FloatVector.fromArray(S, a, aAt, S.indexInRange(0, n)).intoArray(t, BLOCK);
    return t;
  }

  private static void store(float[] rest, float[] out, int outAt, int n) {
    FloatVector.fromArray(S, rest, BLOCK).intoArray(out, outAt, S.indexInRange(0, n));
  }

  static void exp(float[] a, int aAt, float[] out, int outAt, int n) {
    int whole = n - n % L;
    exps(a, aAt, out, outAt, whole);
    if (whole < n) {
      float[] rest = rest(a, aAt + whole, n - whole);
      exps(rest, BLOCK, rest, BLOCK, L);
      store(rest, out, outAt + whole, n - whole);
    }
  }

  private static void exps(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = x.max(LEAST).min(MOST);
      FloatVector rounded = y.fma(LOG2_E, ROUNDER);
      FloatVector power = rounded.sub(ROUNDER);
      FloatVector r = power.fma(MINUS_LN2_HIGH, y);
      r = power.fma(MINUS_LN2_LOW, r);
      FloatVector p = r.fma(E7, E6);
      p = p.fma(r, E5);
      p = p.fma(r, E4);
      p = p.fma(r, E3);
      p = p.fma(r, E2);
      p = p.fma(r.mul(r), r).add(1f);
      IntVector bits = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      FloatVector e = p.reinterpretAsInts().add(bits).reinterpretAsFloats();
      // Next to its ends the sum of exponents may be off by one; there the answer is known.
      e = e.blend(0f, x.compare(VectorOperators.LE, LEAST));
      e = e.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, MOST));
      e.intoArray(out, outAt + i);
    }
  }

  static void log(float[] a, int aAt, float[] out, int outAt, int n) {
    int whole = n - n % L;
    logs(a, aAt, out, outAt, whole);
    if (whole < n) {
      float[] rest = rest(a, aAt + whole, n - whole);
      logs(rest, BLOCK, rest, BLOCK, L);
      store(rest, out, outAt + whole, n - whole);
    }
  }

  private static void logs(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, a, aAt + i);
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
      FloatVector p = LOG_0;
      p = p.fma(m, LOG_1);
      p = p.fma(m, LOG_2);
      p = p.fma(m, LOG_3);
      p = p.fma(m, LOG_4);
      p = p.fma(m, LOG_5);
      p = p.fma(m, LOG_6);
      p = p.fma(m, LOG_7);
      p = p.fma(m, LOG_8);
      FloatVector square = m.mul(m);
      FloatVector low = e.fma(LN2_LOW, p.mul(m).mul(square));
      low = square.fma(LOG_9, low);
      FloatVector result = e.fma(LN2_HIGH, m.add(low));
      result = result.blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0f));
      result = result.blend(Float.NaN, v.compare(VectorOperators.LT, 0f));
      VectorMask<Float> itself =
          v.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY)
              .or(v.compare(VectorOperators.NE, v));
      result.blend(v, itself).intoArray(out, outAt + i);
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
    int whole = n - n % L;
    sigmoids(a, aAt, out, outAt, whole);
    if (whole < n) {
      float[] rest = rest(a, aAt + whole, n - whole);
      sigmoids(rest, BLOCK, rest, BLOCK, L);
      store(rest, out, outAt + whole, n - whole);
    }
  }

  private static void sigmoids(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector y = x.neg().max(LEAST).min(87f);
      FloatVector rounded = y.fma(LOG2_E, ROUNDER);
      FloatVector power = rounded.sub(ROUNDER);
      FloatVector r = power.fma(MINUS_LN2_HIGH, y);
      r = power.fma(MINUS_LN2_LOW, r);
      FloatVector p = r.fma(E7, E6);
      p = p.fma(r, E5);
      p = p.fma(r, E4);
      p = p.fma(r, E3);
      p = p.fma(r, E2);
      p = p.fma(r.mul(r), r).add(1f);
      IntVector bits = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      FloatVector e = p.reinterpretAsInts().add(bits).reinterpretAsFloats();
      ONE.div(e.add(1f)).intoArray(out, outAt + i);
    }
  }

  static void tanh(float[] a, int aAt, float[] out, int outAt, int n) {
    int whole = n - n % L;
    tanhs(a, aAt, out, outAt, whole);
    if (whole < n) {
      float[] rest = rest(a, aAt + whole, n - whole);
      tanhs(rest, BLOCK, rest, BLOCK, L);
      store(rest, out, outAt + whole, n - whole);
    }
  }

  private static void tanhs(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector z = x.abs();
      FloatVector y = z.add(z).min(40f);
      FloatVector rounded = y.fma(LOG2_E, ROUNDER);
      FloatVector power = rounded.sub(ROUNDER);
      FloatVector r = power.fma(MINUS_LN2_HIGH, y);
      r = power.fma(MINUS_LN2_LOW, r);
      FloatVector p = r.fma(E7, E6);
      p = p.fma(r, E5);
      p = p.fma(r, E4);
      p = p.fma(r, E3);
      p = p.fma(r, E2);
      p = p.fma(r.mul(r), r).add(1f);
      IntVector bits = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      FloatVector e = p.reinterpretAsInts().add(bits).reinterpretAsFloats();
      FloatVector large = ONE.sub(TANH_0.div(e.add(1f)));
      FloatVector s = x.mul(x);
      FloatVector q = s.fma(TANH_1, TANH_2);
      q = q.fma(s, TANH_3);
      q = q.fma(s, TANH_4);
      q = q.fma(s, TANH_5);
      FloatVector small = q.mul(s).fma(x, x);
      large
          .blend(large.neg(), x.compare(VectorOperators.LT, 0f))
          .blend(small, z.compare(VectorOperators.LT, 0.625f))
          .intoArray(out, outAt + i);
    }
  }

  static void erf(float[] a, int aAt, float[] out, int outAt, int n) {
    int whole = n - n % L;
    erfs(a, aAt, out, outAt, whole);
    if (whole < n) {
      float[] rest = rest(a, aAt + whole, n - whole);
      erfs(rest, BLOCK, rest, BLOCK, L);
      store(rest, out, outAt + whole, n - whole);
    }
  }

  private static void erfs(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, aAt + i);
      FloatVector z = x.abs();
      FloatVector s = x.mul(x);
      FloatVector u = z.fma(ERF_0, ERF_1);
      u = u.fma(s, z.fma(ERF_2, ERF_3));
      u = u.fma(z, ERF_4);
      u = u.fma(z, ERF_5);
      u = u.fma(z, ERF_6);
      FloatVector y = u.fma(z, z.neg()).max(LEAST);
      FloatVector rounded = y.fma(LOG2_E, ROUNDER);
      FloatVector power = rounded.sub(ROUNDER);
      FloatVector r = power.fma(MINUS_LN2_HIGH, y);
      r = power.fma(MINUS_LN2_LOW, r);
      FloatVector p = r.fma(E7, E6);
      p = p.fma(r, E5);
      p = p.fma(r, E4);
      p = p.fma(r, E3);
      p = p.fma(r, E2);
      p = p.fma(r.mul(r), r).add(1f);
      IntVector bits = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      FloatVector e = p.reinterpretAsInts().add(bits).reinterpretAsFloats();
      FloatVector large = ONE.sub(e);
      large = large.blend(large.neg(), x.compare(VectorOperators.LT, 0f));
      FloatVector q = s.fma(ERF_7, ERF_8);
      q = q.fma(s, ERF_9);
      q = q.fma(s, ERF_10);
      q = q.fma(s, ERF_11);
      q = q.fma(s, ERF_12);
      FloatVector erf = large.blend(q.fma(x, x), z.compare(VectorOperators.LE, 0.927734375f));
      erf.intoArray(out, outAt + i);
    }
  }

  /** {@code a * (1 + erf(a / sqrt(2))) / 2}. */
  static void gelu(float[] a, int aAt, float[] out, int outAt, int n) {
    int whole = n - n % L;
    gelus(a, aAt, out, outAt, whole);
    if (whole < n) {
      float[] rest = rest(a, aAt + whole, n - whole);
      gelus(rest, BLOCK, rest, BLOCK, L);
      store(rest, out, outAt + whole, n - whole);
    }
  }

  private static void gelus(float[] a, int aAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, a, aAt + i);
      FloatVector x = v.mul(ROOT_HALF);
      FloatVector z = x.abs();
      FloatVector s = x.mul(x);
      FloatVector u = z.fma(ERF_0, ERF_1);
      u = u.fma(s, z.fma(ERF_2, ERF_3));
      u = u.fma(z, ERF_4);
      u = u.fma(z, ERF_5);
      u = u.fma(z, ERF_6);
      FloatVector y = u.fma(z, z.neg()).max(LEAST);
      FloatVector rounded = y.fma(LOG2_E, ROUNDER);
      FloatVector power = rounded.sub(ROUNDER);
      FloatVector r = power.fma(MINUS_LN2_HIGH, y);
      r = power.fma(MINUS_LN2_LOW, r);
      FloatVector p = r.fma(E7, E6);
      p = p.fma(r, E5);
      p = p.fma(r, E4);
      p = p.fma(r, E3);
      p = p.fma(r, E2);
      p = p.fma(r.mul(r), r).add(1f);
      IntVector bits = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      FloatVector e = p.reinterpretAsInts().add(bits).reinterpretAsFloats();
      FloatVector large = ONE.sub(e);
      large = large.blend(large.neg(), x.compare(VectorOperators.LT, 0f));
      FloatVector q = s.fma(ERF_7, ERF_8);
      q = q.fma(s, ERF_9);
      q = q.fma(s, ERF_10);
      q = q.fma(s, ERF_11);
      q = q.fma(s, ERF_12);
      FloatVector erf = large.blend(q.fma(x, x), z.compare(VectorOperators.LE, 0.927734375f));
      erf.add(1f).mul(v.mul(0.5f)).intoArray(out, outAt + i);
    }
  }

  static void geluDerivative(float[] a, int aAt, float[] out, int outAt, int n) {
    float[] t = Scratch.local().strip();
    for (int from = 0; from < n; from += BLOCK) {
      int count = Math.min(BLOCK, n - from);
      VectorStrip.mul(a, aAt + from, ROOT_HALF, t, 0, count);
      erf(t, 0, t, 0, count);
      addDensity(a, aAt + from, t, out, outAt + from, count);
    }
  }

  /**
   * From {@code t}, the error function: the cumulative probability plus {@code a} times the
   * density.
   */
  private static void addDensity(float[] a, int aAt, float[] t, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMask<Float> in = S.indexInRange(i, n);
      FloatVector x = FloatVector.fromArray(S, a, aAt + i, in);
      FloatVector y = x.mul(x).mul(-0.5f).max(LEAST);
      FloatVector rounded = y.fma(LOG2_E, ROUNDER);
      FloatVector power = rounded.sub(ROUNDER);
      FloatVector r = power.fma(MINUS_LN2_HIGH, y);
      r = power.fma(MINUS_LN2_LOW, r);
      FloatVector p = r.fma(E7, E6);
      p = p.fma(r, E5);
      p = p.fma(r, E4);
      p = p.fma(r, E3);
      p = p.fma(r, E2);
      p = p.fma(r.mul(r), r).add(1f);
      IntVector bits = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      FloatVector e = p.reinterpretAsInts().add(bits).reinterpretAsFloats();
      FloatVector cumulative = FloatVector.fromArray(S, t, i, in).add(1f).mul(0.5f);
      FloatVector density = e.mul((float) (1 / Math.sqrt(2 * Math.PI)));
      x.fma(density, cumulative).intoArray(out, outAt + i, in);
    }
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(S, value);
  }
}
