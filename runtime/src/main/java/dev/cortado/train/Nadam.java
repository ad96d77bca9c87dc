package dev.cortado.train;

/**
 * Adam with Nesterov momentum (Dozat, 2016), as PyTorch's {@code NAdam}. Weight decay is added to
 * the gradient.
 */
public final class Nadam extends Optimizer {
  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private float epsilon = 1e-8f;
  private double momentumDecay = 4e-3;
  private long productAt;
  private double product = 1;

  public Nadam(float learningRate) {
    super(learningRate);
    declareState("exp_avg");
    declareState("exp_avg_sq");
  }

  /** How slowly the averages of gradients and of their squares change; 0.9 and 0.999 unless set. */
  public Nadam betas(double first, double second) {
    checkFraction("beta 1", first);
    checkFraction("beta 2", second);
    beta1 = first;
    beta2 = second;
    return this;
  }

  /** Keeps the divisor above zero; 1e-8 unless set. */
  public Nadam epsilon(float newEpsilon) {
    checkNotNegative("epsilon", newEpsilon);
    epsilon = newEpsilon;
    return this;
  }

  /** How fast the momentum warms up; 0.004 unless set. */
  public Nadam momentumDecay(double decay) {
    checkNotNegative("momentum decay", decay);
    momentumDecay = decay;
    return this;
  }

  @Override
  public Nadam weightDecay(float decay) {
    super.weightDecay(decay);
    return this;
  }

  private double momentum(long step) {
    return beta1 * (1 - 0.5 * Math.pow(0.96, step * momentumDecay));
  }

  /**
   * The product of all momenta up to this update; a function of the update's number, so it is not
   * saved.
   */
  private double product(long step) {
    if (step < productAt) {
      productAt = 0;
      product = 1;
    }
    while (productAt < step) {
      productAt++;
      product *= momentum(productAt);
    }
    return product;
  }

  @Override
  protected DeviceUpdate deviceUpdate() {
    return DeviceUpdate.NADAM;
  }

  @Override
  protected void deviceSettings(float[] settings, int at, float rate, float decay) {
    long step = updates();
    double soFar = product(step);
    double next = momentum(step + 1);
    settings[at] = decay;
    settings[at + 1] = (float) (rate * (1 - momentum(step)) / (1 - soFar));
    settings[at + 2] = (float) (rate * next / (1 - soFar * next));
    settings[at + 3] = (float) (1 / (1 - Math.pow(beta2, step)));
    settings[at + 4] = (float) beta1;
    settings[at + 5] = (float) (1 - beta1);
    settings[at + 6] = (float) beta2;
    settings[at + 7] = (float) (1 - beta2);
    settings[at + 8] = epsilon;
  }

  @Override
  protected void update(float[] w, float[] g, int from, int to, float rate, float decay) {
    float[] m = state(0);
    float[] v = state(1);
    long step = updates();
    double soFar = product(step);
    double next = momentum(step + 1);
    float ofGradient = (float) (rate * (1 - momentum(step)) / (1 - soFar));
    float ofAverage = (float) (rate * next / (1 - soFar * next));
    float correction = (float) (1 / (1 - Math.pow(beta2, step)));
    float keep1 = (float) beta1;
    float add1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float add2 = (float) (1 - beta2);
    float eps = epsilon;
    for (int i = from; i < to; i++) {
      float gradient = g[i] + decay * w[i];
      m[i] = keep1 * m[i] + add1 * gradient;
      v[i] = keep2 * v[i] + add2 * gradient * gradient;
      float divisor = (float) Math.sqrt(v[i] * correction) + eps;
      w[i] -= (ofGradient * gradient + ofAverage * m[i]) / divisor;
    }
  }
}
