package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import dev.cortado.data.Dataset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns batches into updates: mixing, forward and backward, adding up gradients, the learning rate,
 * averages.
 */
final class Steps {
  private final Trainer options;
  private final Network network;
  private final Dataset data;
  private final TrainingSession session;
  private final Optimizer optimizer;
  private final @Nullable Mixup mixup;
  private final float[] sum;

  /** The session, when it may update weights itself: null when gradients are added up here. */
  private final @Nullable UpdatingSession device;

  private int gathered;
  private int gatheredSamples;

  Steps(Trainer options, Dataset data, TrainingSession session) {
    this.options = options;
    this.network = options.network;
    this.data = data;
    this.session = session;
    this.optimizer = options.optimizer;
    this.device = options.accumulate == 1 && session instanceof UpdatingSession u ? u : null;
    this.mixup = options.mixup > 0 ? new Mixup(data, options.mixup, session.maxBatch()) : null;
    this.sum = new float[options.accumulate > 1 ? network.lentWeights().length : 0];
  }

  /**
   * Takes in a batch, and updates the weights when it is the last of a group.
   *
   * @param last whether no batch follows in this epoch
   * @return whether the weights were updated
   */
  boolean take(Batch batch, RunState state, boolean last) {
    long step = optimizer.updates() * options.accumulate + gathered;
    Batch used = mixup == null ? batch : mixup.apply(batch, options.seed, step);
    boolean onDevice = device != null && device.takes(optimizer);
    if (onDevice) {
      setRate(state);
    }
    float loss =
        onDevice && device != null
            ? device.step(used, optimizer, options.seed, step)
            : session.train(used, options.seed, step);
    if (!Float.isFinite(loss)) {
      String when = "step %d (epoch %d)".formatted(optimizer.updates(), state.epoch);
      throw new DivergedException(
          optimizer.updates(), Diagnosis.of(network, session, used, loss, when));
    }
    state.lossSum += (double) loss * batch.size();
    state.samplesDone += batch.size();
    if (Evaluation.labelled(data)) {
      state.accuracy.add(Evaluation.answers(session, used, data, loss));
    }
    if (onDevice) {
      updated(state);
      return true;
    }
    if (options.accumulate == 1) {
      update(session.gradients(), state);
      return true;
    }
    // Each batch's gradient is a mean, so the mean over all samples weighs it by its size.
    Gradients.accumulate(sum, session.gradients(), batch.size());
    gatheredSamples += batch.size();
    gathered++;
    if (gathered < options.accumulate && !last) {
      return false;
    }
    Gradients.scale(sum, sum.length, 1f / gatheredSamples);
    update(sum, state);
    Arrays.fill(sum, 0);
    gathered = 0;
    gatheredSamples = 0;
    return true;
  }

  private void update(float[] gradients, RunState state) {
    setRate(state);
    optimizer.apply(network, gradients);
    updated(state);
  }

  private void setRate(RunState state) {
    optimizer.rateFactor(
        options.schedule.factor(state.epoch - 1)
            * options.stepSchedule.factor(optimizer.updates()));
  }

  private void updated(RunState state) {
    if (options.averageDecay > 0) {
      average(state);
    }
  }

  private void average(RunState state) {
    float[] weights = network.lentWeights();
    if (state.average == null) {
      state.average = weights.clone();
      return;
    }
    float[] average = state.average;
    float change = (float) (1 - options.averageDecay);
    for (int i = 0; i < average.length; i++) {
      average[i] += change * (weights[i] - average[i]);
    }
  }
}
