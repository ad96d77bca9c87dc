package dev.cortado.train;

/**
 * Lowers the learning rate when a watched number, the validation loss unless the trainer watches
 * another, stops improving: PyTorch's {@code ReduceLROnPlateau}.
 */
public final class Plateau implements Schedule {
  private final double gamma;
  private final int patience;
  private int cooldown;
  private double threshold = 1e-4;
  private boolean higherIsBetter;

  private double factor = 1;
  private double best = Double.NaN;
  private int waited;
  private int coolingDown;

  Plateau(double gamma, int patience) {
    if (!(gamma > 0 && gamma < 1)) {
      throw new IllegalArgumentException("the factor must be between 0 and 1, got " + gamma);
    }
    if (patience < 0) {
      throw new IllegalArgumentException("patience must not be negative, got " + patience);
    }
    this.gamma = gamma;
    this.patience = patience;
  }

  /** Epochs after a change in which nothing is counted; 0 unless set. */
  public Plateau cooldown(int epochs) {
    cooldown = epochs;
    return this;
  }

  /** The fraction by which the number must improve; 0.0001 unless set. */
  public Plateau threshold(double fraction) {
    threshold = fraction;
    return this;
  }

  /** For numbers that are to rise. */
  public Plateau higherIsBetter() {
    higherIsBetter = true;
    return this;
  }

  @Override
  public double factor(long count) {
    return factor;
  }

  @Override
  public void observe(double value) {
    boolean improved =
        Double.isNaN(best)
            || (higherIsBetter ? value > best * (1 + threshold) : value < best * (1 - threshold));
    if (improved) {
      best = value;
      waited = 0;
    } else {
      waited++;
    }
    if (coolingDown > 0) {
      coolingDown--;
      waited = 0;
    }
    if (waited > patience) {
      factor *= gamma;
      coolingDown = cooldown;
      waited = 0;
    }
  }

  @Override
  public double[] memory() {
    return new double[] {factor, best, waited, coolingDown};
  }

  @Override
  public void restore(double[] memory) {
    if (memory.length != 4
        || !(memory[0] >= 0 && memory[0] <= 1 && memory[2] >= 0 && memory[3] >= 0)) {
      throw new IllegalArgumentException("another schedule was saved in this checkpoint");
    }
    factor = memory[0];
    best = memory[1];
    waited = (int) memory[2];
    coolingDown = (int) memory[3];
  }
}
