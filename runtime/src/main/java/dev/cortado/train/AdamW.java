package dev.cortado.train;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019), as PyTorch's: {@code w *= 1 -
 * rate * decay} before Adam's update. The decay is 0.01 unless set.
 */
public final class AdamW extends AdamFamily {
  public AdamW(float learningRate) {
    super(learningRate, true);
    weightDecay(0.01f);
  }

  /** How slowly the averages of gradients and of their squares change; 0.9 and 0.999 unless set. */
  @Override
  public AdamW betas(double first, double second) {
    super.betas(first, second);
    return this;
  }

  /** Keeps the divisor above zero; 1e-8 unless set. */
  @Override
  public AdamW epsilon(float newEpsilon) {
    super.epsilon(newEpsilon);
    return this;
  }

  /** Divides by the largest average of squares so far (Reddi et al., 2018). */
  @Override
  public AdamW amsGrad() {
    super.amsGrad();
    return this;
  }

  @Override
  public AdamW weightDecay(float decay) {
    super.weightDecay(decay);
    return this;
  }
}
