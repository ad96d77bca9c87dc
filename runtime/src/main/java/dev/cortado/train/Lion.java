package dev.cortado.train;

/**
 * Lion (Chen et al., 2023): steps of equal size in the direction of the sign of a momentum. Weight
 * decay is decoupled: {@code w *= 1 - rate * decay}. Its learning rate is usually 3 to 10 times
 * smaller than Adam's.
 */
public final class Lion extends Optimizer {
  private double beta1 = 0.9;
  private double beta2 = 0.99;

  public Lion(float learningRate) {
    super(learningRate);
    declareState("exp_avg");
  }

  /** How much momentum enters the direction, and how slowly it changes; 0.9 and 0.99 unless set. */
  public Lion betas(double first, double second) {
    checkFraction("beta 1", first);
    checkFraction("beta 2", second);
    beta1 = first;
    beta2 = second;
    return this;
  }

  @Override
  public Lion weightDecay(float decay) {
    super.weightDecay(decay);
    return this;
  }

  @Override
  protected boolean isElementwise() {
    return true;
  }

  @Override
  protected DeviceUpdate deviceUpdate() {
    return DeviceUpdate.LION;
  }

  @Override
  protected void deviceSettings(float[] settings, int at, float rate, float decay) {
    settings[at] = rate;
    settings[at + 1] = 1 - rate * decay;
    settings[at + 2] = (float) beta1;
    settings[at + 3] = (float) (1 - beta1);
    settings[at + 4] = (float) beta2;
    settings[at + 5] = (float) (1 - beta2);
  }

  @Override
  protected void update(float[] w, float[] g, int from, int to, float rate, float decay) {
    float[] m = state(0);
    float shrink = 1 - rate * decay;
    float mix1 = (float) beta1;
    float add1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float add2 = (float) (1 - beta2);
    for (int i = from; i < to; i++) {
      float direction = Math.signum(mix1 * m[i] + add1 * g[i]);
      w[i] = w[i] * shrink - rate * direction;
      m[i] = keep2 * m[i] + add2 * g[i];
    }
  }
}
