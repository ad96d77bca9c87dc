package dev.cortado.train;

/** Is told how a run goes. Exceptions thrown here end the run. */
public interface Callback {
  /** Before the first epoch. */
  default void started(Training training) {}

  /** Before an epoch's first batch. */
  default void epochStarted(Training training) {}

  /** After the weights were changed. The session still holds the gradients and outputs. */
  default void stepDone(Training training) {}

  /** After an epoch and its validation. */
  default void epochDone(Training training, EpochResult result) {}

  /**
   * After the last epoch; the best weights are restored by now. Also when the run was stopped
   * early.
   */
  default void finished(Training training, History history) {}
}
