package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.TrainingSession;

/** A session that can also update the weights, where they are: on a device. */
public interface UpdatingSession extends TrainingSession {
  /**
   * Whether {@link #step} can update as this optimizer does. If not, {@link #train} and {@link
   * Optimizer#apply} do the same, with gradients and weights going to and fro.
   */
  boolean takes(Optimizer optimizer);

  /**
   * Forward, loss, backward and one update.
   *
   * @param seed and {@code step}: what random numbers are drawn from
   * @return the batch's loss; when it is not finite, the weights are as before
   * @throws DivergedException when a gradient is not finite; the weights are as before
   */
  float step(Batch batch, Optimizer optimizer, long seed, long step);

  /** Brings the optimizer's state from the device. */
  void bringState(float[][] state);
}
