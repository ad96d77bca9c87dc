package dev.cortado.benchmarks.workload;

import java.util.Locale;

/** What is done with a workload. */
public enum Mode {
  /** Whole training steps: forward, loss, backward, update. */
  TRAIN,
  /** One sample at a time; what counts is how long one takes. */
  LATENCY,
  /** The workload's batch at a time; what counts is samples a second. */
  BATCH;

  /** As it is written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Samples that one step of {@code workload} takes. */
  public int batch(Workload workload) {
    return this == LATENCY ? 1 : workload.batch();
  }

  /** Threads, unless others are asked for. */
  public int threads() {
    return this == LATENCY ? 1 : 2;
  }
}
