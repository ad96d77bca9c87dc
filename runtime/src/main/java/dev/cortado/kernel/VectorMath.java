package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions of whole vectors. Exponential, logarithm and hyperbolic tangent follow
 * Stephen Moshier's Cephes library (expf.c, logf.c, tanhf.c, single precision), the error function
 * Norbert Juffa's as in {@link Erf}.
 */
final class VectorMath {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final FloatVector ONE = FloatVector.broadcast(S, 1f);

  private static final float LOG2_E = 1.44269504088896341f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  /** Added to a float below 2^22, it leaves the nearest integer in the low bits. */
  private static final float ROUNDER = 0x1.8p23f;

  private static final float ROOT_HALF = (float) Math.sqrt(0.5);

  private VectorMath() {}

  static FloatVector exp(FloatVector v) {
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
    IntVector n = rounded.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUNDER));
    IntVector half = n.lanewise(VectorOperators.ASHR, 1);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
  }

  private static FloatVector powerOfTwo(IntVector n) {
    return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  static FloatVector log(FloatVector v) {
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
        v.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY).or(v.compare(VectorOperators.NE, v));
    return result.blend(v, itself);
  }

  /** By the logarithm of the rounded sum, set right by what rounding lost. */
  static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(1f);
    FloatVector lost = x.sub(u.sub(1f)).div(u);
    FloatVector log = log(u);
    // Where u is infinite, 0 or not a number, there is nothing to set right.
    VectorMask<Float> finite = lost.compare(VectorOperators.EQ, lost);
    return log.blend(log.add(lost), finite.and(u.compare(VectorOperators.GT, 0f)));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector z = x.abs();
    FloatVector large = ONE.sub(broadcast(2f).div(exp(z.add(z)).add(1f)));
    FloatVector s = x.mul(x);
    FloatVector p = broadcast(-5.70498872745e-3f);
    p = p.fma(s, broadcast(2.06390887954e-2f));
    p = p.fma(s, broadcast(-5.37397155531e-2f));
    p = p.fma(s, broadcast(1.33314422036e-1f));
    p = p.fma(s, broadcast(-3.33332819422e-1f));
    FloatVector small = p.mul(s).fma(x, x);
    FloatVector signed = large.blend(large.neg(), x.compare(VectorOperators.LT, 0f));
    return signed.blend(small, z.compare(VectorOperators.LT, 0.625f));
  }

  static FloatVector sigmoid(FloatVector x) {
    return ONE.div(exp(x.neg()).add(1f));
  }

  static FloatVector erf(FloatVector x) {
    FloatVector t = x.abs();
    FloatVector s = x.mul(x);
    FloatVector r = t.fma(broadcast(-1.72853470e-5f), broadcast(3.83197126e-4f));
    FloatVector u = t.fma(broadcast(-3.88396438e-3f), broadcast(2.42546219e-2f));
    r = r.fma(s, u);
    r = r.fma(t, broadcast(-1.06777877e-1f));
    r = r.fma(t, broadcast(-6.34846687e-1f));
    r = r.fma(t, broadcast(-1.28717512e-1f));
    r = r.fma(t, t.neg());
    FloatVector large = ONE.sub(exp(r));
    large = large.blend(large.neg(), x.compare(VectorOperators.LT, 0f));
    FloatVector p = broadcast(-5.96761703e-4f);
    p = p.fma(s, broadcast(4.99119423e-3f));
    p = p.fma(s, broadcast(-2.67681349e-2f));
    p = p.fma(s, broadcast(1.12819925e-1f));
    p = p.fma(s, broadcast(-3.76125336e-1f));
    p = p.fma(s, broadcast(1.28379166e-1f));
    return large.blend(p.fma(x, x), t.compare(VectorOperators.LE, 0.927734375f));
  }

  static FloatVector gelu(FloatVector x) {
    return x.mul(0.5f).mul(erf(x.mul(ROOT_HALF)).add(1f));
  }

  static FloatVector geluDerivative(FloatVector x) {
    FloatVector cumulative = erf(x.mul(ROOT_HALF)).add(1f).mul(0.5f);
    FloatVector density = exp(x.mul(x).mul(-0.5f)).mul((float) (1 / Math.sqrt(2 * Math.PI)));
    return x.fma(density, cumulative);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(S, value);
  }
}
