package dev.cortado.train;

/**
 * When to end a run for lack of progress. The weights of the best epoch are restored at the end.
 *
 * @param watched what is watched, see {@link EpochResult#value}; empty to watch nothing
 * @param patience epochs without improvement after which the run ends
 * @param minDelta an improvement must be larger than this
 * @param higherIsBetter whether more is an improvement
 */
public record EarlyStopping(String watched, int patience, double minDelta, boolean higherIsBetter) {
  public EarlyStopping {
    Trainer.atLeastOne("the patience of early stopping", patience);
    Optimizer.checkNotNegative("the smallest improvement", minDelta);
  }

  /** Watches nothing. */
  static EarlyStopping never() {
    return new EarlyStopping("", Integer.MAX_VALUE, 0, false);
  }

  /** Watches a number; losses are to fall, all others to rise. */
  public static EarlyStopping on(String watched, int patience) {
    return new EarlyStopping(watched, patience, 0, !watched.endsWith("loss"));
  }

  /** Counts only improvements larger than this. */
  public EarlyStopping minDelta(double delta) {
    return new EarlyStopping(watched, patience, delta, higherIsBetter);
  }

  /** For errors and other numbers that are to fall. */
  public EarlyStopping lowerIsBetter() {
    return new EarlyStopping(watched, patience, minDelta, false);
  }

  boolean active() {
    return !watched.isEmpty();
  }

  boolean needsValidation() {
    return active() && !watched.equals("loss") && !watched.equals("accuracy");
  }

  boolean improves(double value, double best) {
    return higherIsBetter ? value > best + minDelta : value < best - minDelta;
  }

  double worst() {
    return higherIsBetter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }
}
