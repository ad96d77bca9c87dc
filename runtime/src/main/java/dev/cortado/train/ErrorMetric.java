package dev.cortado.train;

/** Mean absolute error, root mean squared error or R², for numbers. */
final class ErrorMetric implements Metric {
  /** Which of the three. */
  enum Kind {
    MEAN_ABSOLUTE,
    ROOT_MEAN_SQUARED,
    R_SQUARED
  }

  private final Kind kind;
  private long count;
  private double absolute;
  private double squares;
  private double mean;
  private double spread;

  ErrorMetric(Kind kind) {
    this.kind = kind;
  }

  @Override
  public String name() {
    return switch (kind) {
      case MEAN_ABSOLUTE -> "MAE";
      case ROOT_MEAN_SQUARED -> "RMSE";
      case R_SQUARED -> "R²";
    };
  }

  @Override
  public void reset() {
    count = 0;
    absolute = 0;
    squares = 0;
    mean = 0;
    spread = 0;
  }

  @Override
  public void add(Answers answers) {
    float[] targets = answers.numbers();
    for (int i = 0; i < answers.count(); i++) {
      double error = answers.output()[i] - targets[i];
      absolute += Math.abs(error);
      squares += error * error;
      // Welford's method: the spread around a mean that is not known yet.
      count++;
      double delta = targets[i] - mean;
      mean += delta / count;
      spread += delta * (targets[i] - mean);
    }
  }

  @Override
  public double value() {
    if (count == 0) {
      return Double.NaN;
    }
    return switch (kind) {
      case MEAN_ABSOLUTE -> absolute / count;
      case ROOT_MEAN_SQUARED -> Math.sqrt(squares / count);
      case R_SQUARED -> spread == 0 ? Double.NaN : 1 - squares / spread;
    };
  }

  @Override
  public boolean higherIsBetter() {
    return kind == Kind.R_SQUARED;
  }
}
