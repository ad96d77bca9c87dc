package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms of weights that belong to {@link WinogradTransforms}, with
 *
 * <pre>
 *        6    0   0
 *       -4 -2√2  -2
 * G = ⅙ -4  2√2  -2
 *        1   √2   2
 *        1  -√2   2
 *        0    0   6
 * </pre>
 */
final class WinogradWeights {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private static final float THIRD = 1f / 3;
  private static final float SIXTH = 1f / 6;
  private static final float LOW = -2 * WinogradTransforms.LOW / 3;
  private static final float HIGH = WinogradTransforms.HIGH / 6;

  private WinogradWeights() {}

  /**
   * {@code G g Gᵀ} of the weights of a vector of channels.
   *
   * @param tap distance of the nine weights, negative for a kernel turned round
   * @param t room for 18 vectors
   */
  static void transform(float[] g, int gAt, int tap, float[] t, float[] u, int uAt, int step) {
    for (int j = 0; j < 3; j++) {
      evaluate(g, gAt + j * tap, 3 * tap, t, j * L, 3 * L);
    }
    for (int i = 0; i < 6; i++) {
      evaluate(t, 3 * i * L, L, u, uAt + 6 * i * step, step);
    }
  }

  /** {@code G} times a column of three. */
  private static void evaluate(float[] from, int at, int step, float[] to, int toAt, int toStep) {
    FloatVector g0 = FloatVector.fromArray(S, from, at);
    FloatVector g1 = FloatVector.fromArray(S, from, at + step);
    FloatVector g2 = FloatVector.fromArray(S, from, at + 2 * step);
    g0.intoArray(to, toAt);
    g2.intoArray(to, toAt + 5 * toStep);
    FloatVector even = g0.mul(-2 * THIRD).sub(g2.mul(THIRD));
    FloatVector odd = g1.mul(LOW);
    even.add(odd).intoArray(to, toAt + toStep);
    even.sub(odd).intoArray(to, toAt + 2 * toStep);
    even = g0.mul(SIXTH).add(g2.mul(THIRD));
    odd = g1.mul(HIGH);
    even.add(odd).intoArray(to, toAt + 3 * toStep);
    even.sub(odd).intoArray(to, toAt + 4 * toStep);
  }

  /**
   * {@code Gᵀ s G}: the gradient of the weights of a vector of channels.
   *
   * @param t room for 18 vectors
   * @param tap distance of the nine gradients
   */
  static void gradient(float[] s, int sAt, int step, float[] t, float[] g, int gAt, int tap) {
    for (int j = 0; j < 6; j++) {
      collect(s, sAt + j * step, 6 * step, t, j * L, 6 * L);
    }
    for (int i = 0; i < 3; i++) {
      collect(t, 6 * i * L, L, g, gAt + 3 * i * tap, tap);
    }
  }

  /** {@code Gᵀ} times a column of six. */
  private static void collect(float[] from, int at, int step, float[] to, int toAt, int toStep) {
    FloatVector s1 = FloatVector.fromArray(S, from, at + step);
    FloatVector s2 = FloatVector.fromArray(S, from, at + 2 * step);
    FloatVector s3 = FloatVector.fromArray(S, from, at + 3 * step);
    FloatVector s4 = FloatVector.fromArray(S, from, at + 4 * step);
    FloatVector low = s1.add(s2).mul(THIRD);
    FloatVector high = s3.add(s4);
    FloatVector.fromArray(S, from, at).sub(low.add(low)).add(high.mul(SIXTH)).intoArray(to, toAt);
    FloatVector s5 = FloatVector.fromArray(S, from, at + 5 * step);
    high.mul(THIRD).sub(low).add(s5).intoArray(to, toAt + 2 * toStep);
    s1.sub(s2).mul(LOW).add(s3.sub(s4).mul(HIGH)).intoArray(to, toAt + toStep);
  }
}
