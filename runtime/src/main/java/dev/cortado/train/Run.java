package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import dev.cortado.data.Batches;
import dev.cortado.data.Dataset;
import dev.cortado.io.Weights;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
  private final Steps steps;
  private final List<Callback> callbacks;
  private final List<Schedule> schedules;
  private final RunState state;
  private final boolean labelled;
  private volatile @Nullable String stopReason;

  Run(Trainer options, Dataset data) {
    this.options = options;
    this.data = data;
    this.network = options.network;
    this.optimizer = options.optimizer;
    this.schedules = List.of(options.schedule, options.stepSchedule);
    this.labelled = Evaluation.labelled(data);
    optimizer.bind(network);
    int largest = data.size();
    if (options.validation != null) {
      largest = Math.max(largest, options.validation.size());
    }
    this.session = network.session(Math.min(options.batchSize, largest));
    this.steps = new Steps(options, data, session);
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
    tryMetrics();
    this.state = initialState();
  }

  /** Measures a batch, so that a metric that does not suit the network is refused at the start. */
  private void tryMetrics() {
    Dataset held = options.validation;
    if (held != null && !options.metrics.isEmpty()) {
      Dataset few = held.take(Math.min(held.size(), session.maxBatch()));
      Batches batch = Batches.of(few, few.size()).sizes(Fit.sizes(network, few));
      Evaluation.of(session, batch, few, options.metrics);
    }
  }

  private RunState initialState() {
    if (options.resume && options.checkpoints != null) {
      Path file = options.checkpoints.newest(options.out).orElse(null);
      if (file != null) {
        RunState saved = RunState.load(file, network, optimizer, schedules, fixedOptions());
        say("going on from " + file);
        return saved;
      }
    }
    RunState fresh = new RunState();
    fresh.best = options.earlyStopping.worst();
    return fresh;
  }

  /** What must be the same in a run that goes on, or its bits would differ. */
  private Map<String, String> fixedOptions() {
    Map<String, String> fixed = new LinkedHashMap<>();
    fixed.put("network", network.name());
    fixed.put("optimizer", optimizer.getClass().getSimpleName());
    fixed.put("seed", String.valueOf(options.seed));
    fixed.put("batch size", String.valueOf(options.batchSize));
    fixed.put("accumulation", String.valueOf(options.accumulate));
    fixed.put("number of samples", String.valueOf(data.size()));
    return fixed;
  }

  private void say(String line) {
    PrintStream out = options.out;
    if (out != null) {
      out.println(line);
    }
  }

  History run() {
    Interruption interruption = new Interruption(this);
    try {
      callbacks.forEach(callback -> callback.started(this));
      while (state.epoch <= options.epochs && stopReason == null && !allUpdatesDone()) {
        epochOnce();
      }
      return finish();
    } catch (DivergedException e) {
      throw options.checkpoints == null ? e : e.withCheckpoint(options.checkpoints);
    } finally {
      interruption.end();
      session.close();
    }
  }

  private void epochOnce() {
    long start = System.nanoTime();
    long before = state.samplesDone;
    callbacks.forEach(callback -> callback.epochStarted(this));
    if (!trainEpoch()) {
      return;
    }
    double rate = (state.samplesDone - before) / ((System.nanoTime() - start) * 1e-9);
    float[] raw = useAverage();
    EpochResult result = result(rate, start);
    state.results.add(result);
    callbacks.forEach(callback -> callback.epochDone(this, result));
    boolean best = watch(result);
    if (best && options.checkpoints != null) {
      Weights.save(network, options.checkpoints.best());
    }
    restore(raw);
    state.epoch++;
    state.batch = 0;
    state.lossSum = 0;
    state.samplesDone = 0;
    state.accuracy.reset();
    checkpoint();
  }

  /** Returns whether the epoch was finished. */
  private boolean trainEpoch() {
    for (Batch next : batches.epoch(state.epoch, state.batch)) {
      boolean last = state.batch + 1 == batches.count();
      boolean updated = steps.take(next, state, last);
      state.batch++;
      if (!updated) {
        continue;
      }
      callbacks.forEach(callback -> callback.stepDone(this));
      if (allUpdatesDone()) {
        stop("all " + options.updates + " updates done");
      }
      if (stopReason != null && !last) {
        checkpoint();
        return false;
      }
      Checkpoints checkpoints = options.checkpoints;
      if (checkpoints != null
          && !last
          && checkpoints.everyUpdates() > 0
          && optimizer.updates() % checkpoints.everyUpdates() == 0) {
        checkpoint();
      }
    }
    return true;
  }

  private boolean allUpdatesDone() {
    return optimizer.updates() >= options.updates;
  }

  private void checkpoint() {
    Checkpoints checkpoints = options.checkpoints;
    if (checkpoints != null) {
      requireFiniteWeights();
      Path file = checkpoints.file(optimizer.updates());
      state.save(file, network, optimizer, schedules, fixedOptions());
      checkpoints.prune();
    }
  }

  /** An update can overflow; what it leaves must not take the place of a good checkpoint. */
  private void requireFiniteWeights() {
    float[] weights = network.lentWeights();
    if (!Gradients.finite(weights, weights.length)) {
      throw new DivergedException(
          optimizer.updates(),
          "after step %d weight %s is not finite, so no checkpoint is saved. Try a smaller learning rate"
              .formatted(
                  optimizer.updates(), Gradients.firstNotFinite(network.parameters(), weights)));
    }
  }

  private History finish() {
    useAverage();
    if (state.bestWeights != null) {
      restore(state.bestWeights);
    }
    String reason = stopReason;
    String ending = reason != null ? reason : "all " + options.epochs + " epochs done";
    History history = new History(state.results, ending, state.bestEpoch);
    callbacks.forEach(callback -> callback.finished(this, history));
    return history;
  }

  /** Puts the averaged weights into the network, when there are any; returns what was there. */
  private float @Nullable [] useAverage() {
    float[] average = state.average;
    if (average == null) {
      return null;
    }
    float[] raw = network.lentWeights().clone();
    restore(average);
    return raw;
  }

  private void restore(float @Nullable [] weights) {
    if (weights != null) {
      System.arraycopy(weights, 0, network.lentWeights(), 0, weights.length);
    }
  }

  private EpochResult result(double rate, long start) {
    Evaluation held = new Evaluation(Double.NaN, Double.NaN, Map.of());
    if (options.validation != null) {
      Batches order =
          Batches.of(options.validation, session.maxBatch())
              .sizes(Fit.sizes(network, options.validation));
      held = Evaluation.of(session, order, options.validation, options.metrics);
    }
    return new EpochResult(
        state.epoch,
        optimizer.updates(),
        loss(),
        labelled ? state.accuracy.value() : Double.NaN,
        held.loss(),
        held.accuracy(),
        held.metrics(),
        optimizer.learningRate(),
        rate,
        (System.nanoTime() - start) * 1e-9);
  }

  /** Returns whether this was the best epoch so far. */
  private boolean watch(EpochResult result) {
    EarlyStopping rule = options.earlyStopping;
    String watched =
        rule.active() ? rule.watched() : options.validation == null ? "loss" : "validation loss";
    double value = result.value(watched);
    schedules.forEach(schedule -> schedule.observe(value));
    if (!rule.active()) {
      return false;
    }
    if (rule.improves(value, state.best)) {
      state.best = value;
      state.bestEpoch = state.epoch;
      state.bestWeights = network.lentWeights().clone();
      return true;
    }
    if (state.epoch - state.bestEpoch >= rule.patience()) {
      stop("no better %s for %d epochs".formatted(watched, rule.patience()));
    }
    return false;
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
    return state.epoch;
  }

  @Override
  public int epochs() {
    return options.epochs;
  }

  @Override
  public int batch() {
    return state.batch;
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
    return state.lossSum / state.samplesDone;
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
