package dev.cortado.train;

/**
 * Adadelta (Zeiler, 2012), as PyTorch's: scales the gradient by the ratio of the running sizes of
 * past changes and of gradients. Weight decay is added to the gradient.
 */
public final class Adadelta extends Optimizer {
  private double smoothing = 0.9;
  private float epsilon = 1e-6f;

  /** With the usual learning rate of 1. */
  public Adadelta() {
    this(1);
  }

  public Adadelta(float learningRate) {
    super(learningRate);
    declareState("square_avg");
    declareState("acc_delta");
  }

  /** How slowly the averages change (PyTorch's rho); 0.9 unless set. */
  public Adadelta smoothing(double newSmoothing) {
    checkFraction("smoothing", newSmoothing);
    smoothing = newSmoothing;
    return this;
  }

  /** Keeps the ratio defined; 1e-6 unless set. */
  public Adadelta epsilon(float newEpsilon) {
    checkNotNegative("epsilon", newEpsilon);
    epsilon = newEpsilon;
    return this;
  }

  @Override
  public Adadelta weightDecay(float decay) {
    super.weightDecay(decay);
    return this;
  }

  @Override
  protected boolean isElementwise() {
    return true;
  }

  @Override
  protected DeviceUpdate deviceUpdate() {
    return DeviceUpdate.ADADELTA;
  }

  @Override
  protected void deviceSettings(float[] settings, int at, float rate, float decay) {
    settings[at] = rate;
    settings[at + 1] = decay;
    settings[at + 2] = (float) smoothing;
    settings[at + 3] = (float) (1 - smoothing);
    settings[at + 4] = epsilon;
  }

  @Override
  protected void update(float[] w, float[] g, int from, int to, float rate, float decay) {
    float[] squares = state(0);
    float[] changes = state(1);
    float keep = (float) smoothing;
    float add = (float) (1 - smoothing);
    float eps = epsilon;
    for (int i = from; i < to; i++) {
      float gradient = g[i] + decay * w[i];
      squares[i] = keep * squares[i] + add * gradient * gradient;
      float size = (float) Math.sqrt(changes[i] + eps);
      float change = size / (float) Math.sqrt(squares[i] + eps) * gradient;
      changes[i] = keep * changes[i] + add * change * change;
      w[i] -= rate * change;
    }
  }
}
