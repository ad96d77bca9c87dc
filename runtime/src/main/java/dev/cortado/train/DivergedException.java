package dev.cortado.train;

/**
 * The loss or a gradient is infinite or not a number. It is thrown before the weights are changed,
 * so the network still holds the last ones that worked.
 */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long step;

  public DivergedException(long step, String message) {
    super(message);
    this.step = step;
  }

  /** The number of updates that were made before. */
  public long step() {
    return step;
  }
}
