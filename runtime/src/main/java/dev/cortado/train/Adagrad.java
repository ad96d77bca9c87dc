package dev.cortado.train;

import java.util.Arrays;

/**
 * Adagrad (Duchi, Hazan and Singer, 2011), as PyTorch's: {@code s += g²}, {@code w -= rate / (1 +
 * (t - 1) * decay) * g / (sqrt(s) + epsilon)} in update {@code t}. Weight decay is added to the
 * gradient.
 */
public final class Adagrad extends Optimizer {
  private double rateDecay;
  private float initialSum;
  private float epsilon = 1e-10f;

  public Adagrad(float learningRate) {
    super(learningRate);
    declareState("sum");
  }

  /** How fast the learning rate falls by itself; 0 unless set. */
  public Adagrad rateDecay(double decay) {
    checkNotNegative("the learning rate's decay", decay);
    rateDecay = decay;
    return this;
  }

  /** What the sums of squares start from; 0 unless set. */
  public Adagrad initialSum(float sum) {
    checkNotNegative("the initial sum", sum);
    initialSum = sum;
    return this;
  }

  /** Keeps the divisor above zero; 1e-10 unless set. */
  public Adagrad epsilon(float newEpsilon) {
    checkNotNegative("epsilon", newEpsilon);
    epsilon = newEpsilon;
    return this;
  }

  @Override
  public Adagrad weightDecay(float decay) {
    super.weightDecay(decay);
    return this;
  }

  @Override
  protected void initialize(float[][] fresh) {
    Arrays.fill(fresh[0], initialSum);
  }

  @Override
  protected boolean isElementwise() {
    return true;
  }

  @Override
  protected DeviceUpdate deviceUpdate() {
    return DeviceUpdate.ADAGRAD;
  }

  @Override
  protected void deviceSettings(float[] settings, int at, float rate, float decay) {
    settings[at] = (float) (rate / (1 + (updates() - 1) * rateDecay));
    settings[at + 1] = decay;
    settings[at + 2] = epsilon;
  }

  @Override
  protected void update(float[] w, float[] g, int from, int to, float rate, float decay) {
    float[] sum = state(0);
    float now = (float) (rate / (1 + (updates() - 1) * rateDecay));
    float eps = epsilon;
    for (int i = from; i < to; i++) {
      float gradient = g[i] + decay * w[i];
      sum[i] += gradient * gradient;
      w[i] -= now * gradient / ((float) Math.sqrt(sum[i]) + eps);
    }
  }
}
