package dev.cortado.train;

/**
 * RMSprop (Hinton, 2012), as PyTorch's: divides the gradient by the root of a running average of
 * its squares; centred, by the running deviation (Graves, 2013). Weight decay is added to the
 * gradient.
 */
public final class RmsProp extends Optimizer {
  private double smoothing = 0.99;
  private float epsilon = 1e-8f;
  private double momentum;
  private int momentumState = -1;
  private int averageState = -1;

  public RmsProp(float learningRate) {
    super(learningRate);
    declareState("square_avg");
  }

  /** How slowly the averages change (PyTorch's alpha); 0.99 unless set. */
  public RmsProp smoothing(double newSmoothing) {
    checkFraction("smoothing", newSmoothing);
    smoothing = newSmoothing;
    return this;
  }

  /** Keeps the divisor above zero; 1e-8 unless set. */
  public RmsProp epsilon(float newEpsilon) {
    checkNotNegative("epsilon", newEpsilon);
    epsilon = newEpsilon;
    return this;
  }

  /** At least 0 and below 1; 0 unless set. */
  public RmsProp momentum(double newMomentum) {
    checkFraction("momentum", newMomentum);
    if (newMomentum > 0 && momentumState < 0) {
      momentumState = declareState("momentum_buffer");
    }
    momentum = newMomentum;
    return this;
  }

  /** Divides by an estimate of the deviation instead. */
  public RmsProp centered() {
    if (averageState < 0) {
      averageState = declareState("grad_avg");
    }
    return this;
  }

  @Override
  public RmsProp weightDecay(float decay) {
    super.weightDecay(decay);
    return this;
  }

  @Override
  protected boolean isElementwise() {
    return true;
  }

  @Override
  protected DeviceUpdate deviceUpdate() {
    return DeviceUpdate.RMS_PROP;
  }

  @Override
  protected void deviceSettings(float[] settings, int at, float rate, float decay) {
    settings[at] = rate;
    settings[at + 1] = decay;
    settings[at + 2] = (float) smoothing;
    settings[at + 3] = (float) (1 - smoothing);
    settings[at + 4] = epsilon;
    settings[at + 5] = momentumState < 0 ? 0 : 1;
    settings[at + 6] = (float) momentum;
    settings[at + 7] = averageState < 0 ? 0 : 1;
    // Which of the states they are, for they come in the order in which they were asked for.
    settings[at + 8] = Math.max(0, momentumState);
    settings[at + 9] = Math.max(0, averageState);
  }

  @Override
  protected void update(float[] w, float[] g, int from, int to, float rate, float decay) {
    float[] squares = state(0);
    // The squares only stand in for arrays that are not used then.
    float[] average = averageState < 0 ? squares : state(averageState);
    float[] velocity = momentumState < 0 ? squares : state(momentumState);
    float keep = (float) smoothing;
    float add = (float) (1 - smoothing);
    float eps = epsilon;
    float kept = (float) momentum;
    for (int i = from; i < to; i++) {
      float gradient = g[i] + decay * w[i];
      squares[i] = keep * squares[i] + add * gradient * gradient;
      float variance = squares[i];
      if (averageState >= 0) {
        average[i] = keep * average[i] + add * gradient;
        variance -= average[i] * average[i];
      }
      float change = gradient / ((float) Math.sqrt(variance) + eps);
      if (momentumState >= 0) {
        velocity[i] = kept * velocity[i] + change;
        change = velocity[i];
      }
      w[i] -= rate * change;
    }
  }
}
