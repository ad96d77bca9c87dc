package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import dev.cortado.data.Batches;
import dev.cortado.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call of {@link Trainer#fit}. */
final class Run implements Training {
  private final Trainer options;
  private final Dataset data;
  private final Network network;
  private final Optimizer optimizer;
  private final TrainingSession session;
  private final Batches batches;
  private final List<Callback> callbacks;
  private final List<EpochResult> results = new ArrayList<>();
  private final Metric accuracy = new Accuracy();
  private final boolean labelled;

  private int epoch;
  private int batch;
  private double lossSum;
  private long samplesDone;
  private double best;
  private int bestEpoch;
  private float @Nullable [] bestWeights;
  private volatile @Nullable String stopReason;

  Run(Trainer options, Dataset data) {
    this.options = options;
    this.data = data;
    this.network = options.network;
    this.optimizer = options.optimizer;
    optimizer.bind(network);
    int largest = data.size();
    if (options.validation != null) {
      largest = Math.max(largest, options.validation.size());
    }
    this.session = network.session(Math.min(options.batchSize, largest));
    this.batches =
        Batches.of(data, options.batchSize)
            .shuffle(options.seed)
            .sizes(Fit.sizes(network, data))
            .prefetch(options.prefetch);
    this.callbacks = new ArrayList<>(options.callbacks);
    if (options.out != null) {
      boolean live = options.out.equals(System.out) && Reports.watched();
      callbacks.addFirst(new Reports(options.out, live));
    }
    this.labelled = Evaluation.labelled(data);
    this.best = options.earlyStopping.worst();
  }

  History run() {
    callbacks.forEach(callback -> callback.started(this));
    for (epoch = 1; epoch <= options.epochs && stopReason == null; epoch++) {
      long start = System.nanoTime();
      callbacks.forEach(callback -> callback.epochStarted(this));
      trainEpoch();
      double trainSeconds = (System.nanoTime() - start) * 1e-9;
      EpochResult result = result(trainSeconds, start);
      results.add(result);
      callbacks.forEach(callback -> callback.epochDone(this, result));
      watch(result);
    }
    epoch = results.size();
    if (bestWeights != null) {
      System.arraycopy(bestWeights, 0, network.weights(), 0, bestWeights.length);
    }
    String reason = stopReason;
    String ending = reason != null ? reason : "all " + options.epochs + " epochs done";
    History history = new History(results, ending, bestEpoch);
    callbacks.forEach(callback -> callback.finished(this, history));
    return history;
  }

  private void trainEpoch() {
    lossSum = 0;
    samplesDone = 0;
    batch = 0;
    accuracy.reset();
    for (Batch next : batches.epoch(epoch)) {
      step(next);
      batch++;
      callbacks.forEach(callback -> callback.stepDone(this));
      if (stopReason != null) {
        return;
      }
    }
  }

  private void step(Batch next) {
    long step = optimizer.updates();
    float loss = session.train(next, options.seed, step);
    if (!Float.isFinite(loss)) {
      throw new DivergedException(
          step, Diagnosis.of(network, session, next, data, loss, step, epoch));
    }
    lossSum += (double) loss * next.size();
    samplesDone += next.size();
    if (labelled) {
      accuracy.add(Evaluation.answers(session, next, data, loss));
    }
    optimizer.apply(network, session.gradients());
  }

  private EpochResult result(double trainSeconds, long start) {
    double rate = samplesDone / trainSeconds;
    Evaluation held = new Evaluation(Double.NaN, Double.NaN, Map.of());
    if (options.validation != null) {
      Batches order =
          Batches.of(options.validation, options.batchSize)
              .sizes(Fit.sizes(network, options.validation));
      held = Evaluation.of(session, order, options.validation, options.metrics);
    }
    return new EpochResult(
        epoch,
        optimizer.updates(),
        loss(),
        labelled ? accuracy.value() : Double.NaN,
        held.loss(),
        held.accuracy(),
        held.metrics(),
        optimizer.learningRate(),
        rate,
        (System.nanoTime() - start) * 1e-9);
  }

  private void watch(EpochResult result) {
    EarlyStopping rule = options.earlyStopping;
    if (!rule.active()) {
      return;
    }
    double value = result.value(rule.watched());
    if (rule.improves(value, best)) {
      best = value;
      bestEpoch = epoch;
      float[] weights = network.weights();
      if (bestWeights == null) {
        bestWeights = new float[weights.length];
      }
      System.arraycopy(weights, 0, bestWeights, 0, weights.length);
    } else if (epoch - bestEpoch >= rule.patience()) {
      stop("no better %s for %d epochs".formatted(rule.watched(), rule.patience()));
    }
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public Optimizer optimizer() {
    return optimizer;
  }

  @Override
  public TrainingSession session() {
    return session;
  }

  @Override
  public int epoch() {
    return epoch;
  }

  @Override
  public int epochs() {
    return options.epochs;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public int batches() {
    return batches.count();
  }

  @Override
  public int samples() {
    return batches.samples();
  }

  @Override
  public long step() {
    return optimizer.updates();
  }

  @Override
  public double loss() {
    return lossSum / samplesDone;
  }

  @Override
  public String unit() {
    return data.inputs().getFirst().shape().size() == 3 ? "images" : "samples";
  }

  @Override
  public void stop(String reason) {
    if (stopReason == null) {
      stopReason = reason;
    }
  }
}
