package dev.cortado.benchmarks.peer;

/** One that runs a workload, over and over. */
public interface Contestant extends AutoCloseable {
  /** As it stands in the table. */
  String name();

  /** One training step or one prediction; steps go round the batches. */
  void step();

  /** The logits of batch 0 with the weights as they are now. */
  float[] outputs();

  /** Frees what the contestant holds outside the heap. */
  @Override
  void close();
}
