package dev.cortado.train;

import dev.cortado.Network;
import dev.cortado.TrainingSession;

/** A run as {@link Callback}s see it. */
public interface Training {
  Network network();

  Optimizer optimizer();

  /** Holds the gradients and outputs of the last batch. */
  TrainingSession session();

  /** The epoch now, counted from 1. */
  int epoch();

  /** How many epochs there will be at most. */
  int epochs();

  /** Batches of this epoch that are done. */
  int batch();

  /** Batches of an epoch. */
  int batches();

  /** Samples of an epoch. */
  int samples();

  /** Updates made so far. */
  long step();

  /** Mean loss of this epoch so far. */
  double loss();

  /** What a sample is called: {@code images} or {@code samples}. */
  String unit();

  /** Ends the run after this step or epoch; the history says why. Any thread may call it. */
  void stop(String reason);
}
