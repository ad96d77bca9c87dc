package dev.cortado.train;

import dev.cortado.Network;
import dev.cortado.data.Dataset;
import java.io.PrintStream;
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
    } else if (earlyStopping.needsValidation()) {
      throw new IllegalArgumentException(
          "early stopping watches the %s: give validation data with .validation(held)"
              .formatted(earlyStopping.watched()));
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
