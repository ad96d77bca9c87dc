package dev.cortado.train;

/** What Adam and AdamW have in common. */
abstract sealed class AdamFamily extends Optimizer permits Adam, AdamW {
  private final boolean decoupled;
  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private float epsilon = 1e-8f;
  private boolean amsGrad;

  AdamFamily(float learningRate, boolean decoupled) {
    super(learningRate);
    declareState("exp_avg");
    declareState("exp_avg_sq");
    this.decoupled = decoupled;
  }

  AdamFamily betas(double first, double second) {
    checkFraction("beta 1", first);
    checkFraction("beta 2", second);
    beta1 = first;
    beta2 = second;
    return this;
  }

  AdamFamily epsilon(float newEpsilon) {
    checkNotNegative("epsilon", newEpsilon);
    epsilon = newEpsilon;
    return this;
  }

  AdamFamily amsGrad() {
    if (!amsGrad) {
      declareState("max_exp_avg_sq");
    }
    amsGrad = true;
    return this;
  }

  @Override
  protected DeviceUpdate deviceUpdate() {
    return amsGrad ? DeviceUpdate.ADAM_MAX : DeviceUpdate.ADAM;
  }

  @Override
  protected void deviceSettings(float[] settings, int at, float rate, float decay) {
    settings[at] = decoupled ? 1 - rate * decay : 1;
    settings[at + 1] = decoupled ? 0 : decay;
    settings[at + 2] = (float) (rate / (1 - Math.pow(beta1, updates())));
    settings[at + 3] = (float) (1 / Math.sqrt(1 - Math.pow(beta2, updates())));
    settings[at + 4] = (float) beta1;
    settings[at + 5] = (float) (1 - beta1);
    settings[at + 6] = (float) beta2;
    settings[at + 7] = (float) (1 - beta2);
    settings[at + 8] = epsilon;
  }

  @Override
  protected boolean isElementwise() {
    return true;
  }

  @Override
  protected void update(float[] w, float[] g, int from, int to, float rate, float decay) {
    double correction1 = 1 - Math.pow(beta1, updates());
    double correction2 = 1 - Math.pow(beta2, updates());
    float shrink = decoupled ? 1 - rate * decay : 1;
    float added = decoupled ? 0 : decay;
    float stepSize = (float) (rate / correction1);
    float root = (float) (1 / Math.sqrt(correction2));
    if (amsGrad) {
      largest(w, g, from, to, shrink, added, stepSize, root);
    } else {
      plain(w, g, from, to, shrink, added, stepSize, root);
    }
  }

  private void plain(
      float[] w,
      float[] g,
      int from,
      int to,
      float shrink,
      float added,
      float stepSize,
      float root) {
    float[] m = state(0);
    float[] v = state(1);
    float keep1 = (float) beta1;
    float add1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float add2 = (float) (1 - beta2);
    float eps = epsilon;
    for (int i = from; i < to; i++) {
      float gradient = g[i] + added * w[i];
      m[i] = keep1 * m[i] + add1 * gradient;
      v[i] = keep2 * v[i] + add2 * gradient * gradient;
      w[i] = w[i] * shrink - stepSize * m[i] / ((float) Math.sqrt(v[i]) * root + eps);
    }
  }

  private void largest(
      float[] w,
      float[] g,
      int from,
      int to,
      float shrink,
      float added,
      float stepSize,
      float root) {
    float[] m = state(0);
    float[] v = state(1);
    float[] most = state(2);
    float keep1 = (float) beta1;
    float add1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float add2 = (float) (1 - beta2);
    float eps = epsilon;
    for (int i = from; i < to; i++) {
      float gradient = g[i] + added * w[i];
      m[i] = keep1 * m[i] + add1 * gradient;
      v[i] = keep2 * v[i] + add2 * gradient * gradient;
      most[i] = Math.max(most[i], v[i]);
      w[i] = w[i] * shrink - stepSize * m[i] / ((float) Math.sqrt(most[i]) * root + eps);
    }
  }
}
