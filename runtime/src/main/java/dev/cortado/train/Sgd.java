package dev.cortado.train;

/**
 * Stochastic gradient descent with momentum (Sutskever et al., 2013), as PyTorch's {@code SGD}:
 * {@code v = momentum * v + (1 - dampening) * g}, {@code w -= rate * v}; the first update sets
 * {@code v = g}. Weight decay is added to the gradient.
 */
public final class Sgd extends Optimizer {
  private double momentum;
  private double dampening;
  private boolean nesterov;

  public Sgd(float learningRate) {
    super(learningRate);
  }

  /** At least 0 and below 1; 0 unless set. */
  public Sgd momentum(double newMomentum) {
    checkFraction("momentum", newMomentum);
    if (momentum == 0 && newMomentum > 0) {
      declareState("momentum_buffer");
    }
    momentum = newMomentum;
    return this;
  }

  /** At least 0 and below 1; 0 unless set. */
  public Sgd dampening(double newDampening) {
    checkFraction("dampening", newDampening);
    dampening = newDampening;
    return this;
  }

  /** Looks ahead along the momentum (Nesterov): {@code w -= rate * (g + momentum * v)}. */
  public Sgd nesterov() {
    nesterov = true;
    return this;
  }

  @Override
  public Sgd weightDecay(float decay) {
    super.weightDecay(decay);
    return this;
  }

  @Override
  protected DeviceUpdate deviceUpdate() {
    return momentum == 0 ? DeviceUpdate.SGD : DeviceUpdate.MOMENTUM;
  }

  @Override
  protected void deviceSettings(float[] settings, int at, float rate, float decay) {
    boolean first = updates() == 1;
    settings[at] = rate;
    settings[at + 1] = decay;
    settings[at + 2] = first ? 0 : (float) momentum;
    settings[at + 3] = first ? 1 : (float) (1 - dampening);
    settings[at + 4] = nesterov ? (float) momentum : 1;
    settings[at + 5] = nesterov ? 1 : 0;
  }

  @Override
  protected boolean isElementwise() {
    return true;
  }

  @Override
  protected void update(float[] w, float[] g, int from, int to, float rate, float decay) {
    if (momentum == 0) {
      for (int i = from; i < to; i++) {
        w[i] -= rate * (g[i] + decay * w[i]);
      }
      return;
    }
    float[] v = state(0);
    float kept = updates() == 1 ? 0 : (float) momentum;
    float added = updates() == 1 ? 1 : (float) (1 - dampening);
    float ahead = nesterov ? (float) momentum : 1;
    float direct = nesterov ? 1 : 0;
    for (int i = from; i < to; i++) {
      float gradient = g[i] + decay * w[i];
      v[i] = kept * v[i] + added * gradient;
      w[i] -= rate * (direct * gradient + ahead * v[i]);
    }
  }
}
