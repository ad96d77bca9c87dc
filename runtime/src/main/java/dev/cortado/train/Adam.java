package dev.cortado.train;

/**
 * Adam (Kingma and Ba, 2015), as PyTorch's: {@code w -= rate * m̂ / (sqrt(v̂) + epsilon)}. Weight
 * decay is added to the gradient; see {@link AdamW} for the other kind.
 */
public final class Adam extends AdamFamily {
  public Adam(float learningRate) {
    super(learningRate, false);
  }

  /** How slowly the averages of gradients and of their squares change; 0.9 and 0.999 unless set. */
  @Override
  public Adam betas(double first, double second) {
    super.betas(first, second);
    return this;
  }

  /** Keeps the divisor above zero; 1e-8 unless set. */
  @Override
  public Adam epsilon(float newEpsilon) {
    super.epsilon(newEpsilon);
    return this;
  }

  /** Divides by the largest average of squares so far (Reddi et al., 2018). */
  @Override
  public Adam amsGrad() {
    super.amsGrad();
    return this;
  }

  @Override
  public Adam weightDecay(float decay) {
    super.weightDecay(decay);
    return this;
  }
}
