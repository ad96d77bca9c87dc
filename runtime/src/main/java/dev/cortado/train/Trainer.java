package dev.cortado.train;

import dev.cortado.Network;
import dev.cortado.data.Dataset;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network.
 *
 * <pre>{@code
 * History history = Trainer.of(net)
 *     .optimizer(new Adam(1e-3f)).epochs(10).batchSize(64)
 *     .validation(held).earlyStopping(3).fit(train);
 * }</pre>
 *
 * <p>The same network, data, options and seed give the same weights, bit for bit.
 */
public final class Trainer {
  final Network network;
  final List<Callback> callbacks = new ArrayList<>();
  final List<Metric> metrics = new ArrayList<>();
  Optimizer optimizer = new Adam(1e-3f);
  int epochs = 10;
  int batchSize = 32;
  long seed;
  @Nullable Dataset validation;
  EarlyStopping earlyStopping = EarlyStopping.never();
  @Nullable PrintStream out = System.out;
  boolean prefetch;
  long updates = Long.MAX_VALUE;
  int accumulate = 1;
  double averageDecay;
  double mixup;
  Schedule schedule = Schedule.constant();
  Schedule stepSchedule = Schedule.constant();
  @Nullable Checkpoints checkpoints;
  boolean resume;

  private Trainer(Network network) {
    this.network = network;
  }

  /**
   * A trainer with PyTorch's usual choices: Adam at 0.001, 10 epochs, batches of 32, no validation.
   */
  public static Trainer of(Network net) {
    if (!net.hasLoss()) {
      throw new IllegalArgumentException(
          net.name() + " has no loss method, so it can predict but not be trained");
    }
    return new Trainer(net);
  }

  /** What changes the weights; it keeps its state when {@link #fit} is called again. */
  public Trainer optimizer(Optimizer newOptimizer) {
    optimizer = newOptimizer;
    return this;
  }

  /** How often to go through the data; at least 1. */
  public Trainer epochs(int count) {
    epochs = atLeastOne("the number of epochs", count);
    return this;
  }

  /** Samples for each update; at least 1. */
  public Trainer batchSize(int samples) {
    batchSize = atLeastOne("the batch size", samples);
    return this;
  }

  /** Ends the run after so many updates of this optimizer, whatever the epoch; at least 1. */
  public Trainer steps(long count) {
    if (count < 1) {
      throw new IllegalArgumentException("the number of steps must be at least 1, got " + count);
    }
    updates = count;
    return this;
  }

  /**
   * Updates the weights by the mean gradient of so many batches: a large batch in little memory.
   */
  public Trainer accumulate(int batches) {
    accumulate = atLeastOne("the number of batches to accumulate", batches);
    return this;
  }

  /** How the learning rate changes from epoch to epoch. */
  public Trainer schedule(Schedule perEpoch) {
    schedule = perEpoch;
    return this;
  }

  /** How the learning rate changes from update to update; both schedules are multiplied. */
  public Trainer scheduleSteps(Schedule perUpdate) {
    stepSchedule = perUpdate;
    return this;
  }

  /**
   * Keeps an exponential moving average of the weights, validates with it, and leaves it in the
   * network at the end.
   *
   * @param decay how slowly it changes, such as 0.999
   */
  public Trainer averageWeights(double decay) {
    if (!(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException("the decay must be between 0 and 1, got " + decay);
    }
    averageDecay = decay;
    return this;
  }

  /**
   * Mixes pairs of samples (mixup); targets must be numbers, see {@link Dataset#oneHot}.
   *
   * @param alpha parameter of the Beta distribution, above 0 and at most 1, such as 0.2
   */
  public Trainer mixup(double alpha) {
    if (!(alpha > 0 && alpha <= 1)) {
      throw new IllegalArgumentException(
          "mixup's alpha must be above 0 and at most 1, got " + alpha);
    }
    mixup = alpha;
    return this;
  }

  /** Saves the run's state in a folder after each epoch, and when it is interrupted. */
  public Trainer checkpoints(Path folder) {
    return checkpoints(Checkpoints.in(folder));
  }

  /** As {@link #checkpoints(Path)}, with how often and how many. */
  public Trainer checkpoints(Checkpoints where) {
    checkpoints = where;
    return this;
  }

  /**
   * Goes on from the newest checkpoint, if there is one, to the same bits as if the run had never
   * ended. Network, data and options must be the same.
   */
  public Trainer resume() {
    resume = true;
    return this;
  }

  /** What shuffling, augmentation and dropout draw their random numbers from; 0 unless set. */
  public Trainer seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /** Data to judge by after each epoch. */
  public Trainer validation(Dataset held) {
    validation = held;
    return this;
  }

  /** More numbers to measure on the validation data. */
  public Trainer metrics(Metric... more) {
    metrics.addAll(List.of(more));
    return this;
  }

  /**
   * Ends the run when the validation loss has not fallen for so many epochs, and in any case goes
   * back to the weights of the best epoch.
   */
  public Trainer earlyStopping(int patience) {
    return earlyStopping(EarlyStopping.on("validation loss", patience));
  }

  /** As {@link #earlyStopping(int)}, by another number. */
  public Trainer earlyStopping(EarlyStopping rule) {
    earlyStopping = rule;
    return this;
  }

  /** Is told how the run goes. */
  public Trainer callback(Callback callback) {
    callbacks.add(callback);
    return this;
  }

  /** Reads the next batch on another thread: worth it for augmented data and for files. */
  public Trainer prefetch() {
    prefetch = true;
    return this;
  }

  /**
   * Where to report; standard output unless set. A progress bar is shown on standard output only.
   */
  public Trainer reportTo(PrintStream stream) {
    out = stream;
    return this;
  }

  /** Reports nothing. */
  public Trainer quiet() {
    out = null;
    return this;
  }

  /**
   * Trains. Everything is checked before the weights are touched.
   *
   * @throws IllegalArgumentException when the data do not fit the network
   * @throws DivergedException when the loss or a gradient is not finite; the network then holds the
   *     last weights that worked
   */
  public History fit(Dataset train) {
    Fit.check(network, train, "the training set");
    if (validation != null) {
      Fit.check(network, validation, "the validation set");
      Fit.checkClasses(train, validation);
    } else if (earlyStopping.needsValidation()) {
      throw new IllegalArgumentException(
          "early stopping watches the %s: give validation data with .validation(held)"
              .formatted(earlyStopping.watched()));
    }
    Fit.checkWatched(earlyStopping, Evaluation.labelled(train), metrics);
    if (resume && checkpoints == null) {
      throw new IllegalArgumentException(
          "to resume, say where the checkpoints are with .checkpoints(folder)");
    }
    return new Run(this, train).run();
  }

  static int atLeastOne(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, got " + value);
    }
    return value;
  }
}
