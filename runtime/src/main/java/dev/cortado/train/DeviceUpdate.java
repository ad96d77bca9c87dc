package dev.cortado.train;

/**
 * What a device does to every weight, so that weights and an optimizer's state stay there. What it
 * is told comes in {@code settings}: first what all weights have in common (clipping, penalties),
 * then a block for each run of weights that are treated alike.
 */
public enum DeviceUpdate {
  /** {@code w -= rate * (g + decay * w)}. */
  SGD,
  /** {@link Sgd} with momentum. */
  MOMENTUM,
  /** {@link Adam} and {@link AdamW}. */
  ADAM,
  /** The same with the largest average of squares. */
  ADAM_MAX,
  /** {@link RmsProp}, of all kinds. */
  RMS_PROP,
  /** {@link Adagrad}. */
  ADAGRAD,
  /** {@link Adadelta}. */
  ADADELTA,
  /** {@link Nadam}. */
  NADAM,
  /** {@link Lion}. */
  LION;

  /** Numbers that all weights have in common; the first block follows. */
  public static final int COMMON = 4;

  /** Numbers of a block: the algorithm's, and last whether the weights are updated at all. */
  public static final int BLOCK = 12;

  static final int MAX_NORM = 0;
  static final int MAX_VALUE = 1;
  static final int L1 = 2;
  static final int L2 = 3;
  static final int UPDATED = BLOCK - 1;
}
