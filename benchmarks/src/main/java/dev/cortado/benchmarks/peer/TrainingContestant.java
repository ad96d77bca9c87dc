package dev.cortado.benchmarks.peer;

/** One that also learns. */
public interface TrainingContestant extends Contestant {
  /** The loss of batch 0, from a forward and a backward pass that changes no weights. */
  float loss();

  /** The gradients that {@link #loss} left, laid out as Cortado's weights. */
  float[] gradients();
}
