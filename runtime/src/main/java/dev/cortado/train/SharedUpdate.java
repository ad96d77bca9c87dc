package dev.cortado.train;

import dev.cortado.kernel.RangeTask;
import dev.cortado.kernel.Team;

/** The loops of an update, which are over all weights, shared by the threads of the team. */
final class SharedUpdate implements RangeTask {
  /** Weights worth a launch: some ten microseconds' work. */
  private static final int GRAIN = 32_768;

  private static final float[] NOTHING = {};

  private final Optimizer optimizer;
  private float[] weights = NOTHING;
  private float[] gradients = NOTHING;
  private int start;
  private float rate;
  private float decay;
  private boolean checks;

  /** Written by any thread, false to true. */
  private volatile boolean foundNotFinite;

  SharedUpdate(Optimizer optimizer) {
    this.optimizer = optimizer;
  }

  /** Whether the first {@code count} gradients are all finite. */
  boolean finite(float[] values, int count) {
    checks = true;
    foundNotFinite = false;
    launch(NOTHING, values, 0, count);
    return !foundNotFinite;
  }

  /** {@link Optimizer#update}, of weights each of which is updated on its own. */
  void update(float[] w, float[] g, int from, int to, float newRate, float newDecay) {
    checks = false;
    rate = newRate;
    decay = newDecay;
    launch(w, g, from, to);
  }

  private void launch(float[] w, float[] g, int from, int to) {
    weights = w;
    gradients = g;
    start = from;
    try {
      Team.run(to - from, GRAIN, this);
    } finally {
      weights = gradients = NOTHING;
    }
  }

  @Override
  public void run(int from, int to) {
    if (!checks) {
      optimizer.update(weights, gradients, start + from, start + to, rate, decay);
    } else if (!Gradients.finite(gradients, from, to)) {
      foundNotFinite = true;
    }
  }
}
