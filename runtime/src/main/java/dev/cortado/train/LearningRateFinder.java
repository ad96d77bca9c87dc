package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import dev.cortado.data.Batches;
import dev.cortado.data.Dataset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;

/**
 * Losses met while the learning rate rises from tiny to too large (Smith, 2017): a good rate lies
 * where the loss falls fastest.
 *
 * @param rates that were tried, rising
 * @param losses at each, smoothed
 */
public record LearningRateFinder(double[] rates, double[] losses) {
  private static final double SMOOTHING = 0.9;

  public LearningRateFinder {
    rates = rates.clone();
    losses = losses.clone();
  }

  /**
   * Tries 100 rates from 1e-6 to 1 with plain batches of {@code batchSize}; ends when the loss
   * explodes.
   */
  public static LearningRateFinder run(
      Network net, Optimizer optimizer, Dataset train, int batchSize) {
    return run(net, optimizer, train, batchSize, 1e-6, 1, 100);
  }

  /**
   * Tries {@code count} rates. The network's weights are as before afterwards; the optimizer is
   * used up.
   *
   * @param optimizer a new one with a learning rate of 1, which the rates tried multiply
   */
  public static LearningRateFinder run(
      Network net,
      Optimizer optimizer,
      Dataset train,
      int batchSize,
      double lowest,
      double highest,
      int count) {
    if (!(lowest > 0 && highest > lowest) || count < 2) {
      throw new IllegalArgumentException(
          "rates must rise from above 0 in at least 2 steps, got %s to %s in %d"
              .formatted(lowest, highest, count));
    }
    Fit.check(net, train, "the training set");
    float[] before = net.lentWeights().clone();
    try {
      return search(net, optimizer, train, batchSize, lowest, highest, count);
    } finally {
      System.arraycopy(before, 0, net.lentWeights(), 0, before.length);
    }
  }

  private static LearningRateFinder search(
      Network net,
      Optimizer optimizer,
      Dataset train,
      int batchSize,
      double lowest,
      double highest,
      int count) {
    try (TrainingSession session = net.session(Math.min(batchSize, train.size()))) {
      Batches batches = Batches.of(train, batchSize).shuffle(0).sizes(Fit.sizes(net, train));
      return search(session, optimizer, batches, lowest, highest, count);
    }
  }

  private static LearningRateFinder search(
      TrainingSession session,
      Optimizer optimizer,
      Batches batches,
      double lowest,
      double highest,
      int count) {
    double[] rates = new double[count];
    double[] losses = new double[count];
    Iterator<Batch> source = batches.epoch(0).iterator();
    double average = 0;
    double least = Double.POSITIVE_INFINITY;
    int done = 0;
    for (int epoch = 1; done < count; ) {
      if (!source.hasNext()) {
        source = batches.epoch(epoch++).iterator();
      }
      float loss = session.train(source.next(), 0, done);
      average = SMOOTHING * average + (1 - SMOOTHING) * loss;
      double smooth = average / (1 - Math.pow(SMOOTHING, done + 1));
      if (!Double.isFinite(smooth) || smooth > 4 * least) {
        break;
      }
      least = Math.min(least, smooth);
      rates[done] = lowest * Math.pow(highest / lowest, done / (count - 1.0));
      losses[done] = smooth;
      optimizer.rateFactor(rates[done]);
      try {
        optimizer.apply(session.network(), session.gradients());
      } catch (DivergedException e) {
        break; // The rate is far too large by now.
      }
      done++;
    }
    return new LearningRateFinder(Arrays.copyOf(rates, done), Arrays.copyOf(losses, done));
  }

  /** The rate at which the loss fell fastest per order of magnitude. */
  public double suggestion() {
    int best = 0;
    double steepest = Double.POSITIVE_INFINITY;
    for (int i = 1; i < rates.length - 1; i++) {
      double slope = losses[i + 1] - losses[i - 1];
      if (slope < steepest) {
        steepest = slope;
        best = i;
      }
    }
    return rates.length == 0 ? Double.NaN : rates[best];
  }

  /** Draws the curve into a PNG file, see {@link History#plot}. */
  public boolean plot(Path file) {
    return Plots.learningRates(rates, losses, file);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d learning rates tried; the loss fell fastest at %.2g",
        rates.length,
        suggestion());
  }
}
