package dev.cortado.train;

/** What a device does to every weight, so that weights and an optimizer's state stay there. */
public enum DeviceUpdate {
  /** {@code w -= rate * (g + decay * w)}. */
  SGD(0),
  /** {@link Sgd} with momentum. */
  MOMENTUM(1),
  /** {@link Adam} and {@link AdamW}. */
  ADAM(2),
  /** The same with the largest average of squares. */
  ADAM_MAX(3);

  /** How many numbers an update is told: the algorithm's, then clipping and penalties. */
  public static final int SETTINGS = 13;

  static final int MAX_NORM = 9;
  static final int MAX_VALUE = 10;
  static final int L1 = 11;
  static final int L2 = 12;

  private final int states;

  DeviceUpdate(int states) {
    this.states = states;
  }

  /** Numbers kept for every weight. */
  public int states() {
    return states;
  }
}
