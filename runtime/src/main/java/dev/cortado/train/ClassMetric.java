package dev.cortado.train;

/** Precision, recall or F1, read off a confusion matrix. */
final class ClassMetric implements Metric {
  /** Which of the three. */
  enum Kind {
    PRECISION,
    RECALL,
    F1
  }

  private final Kind kind;
  private final Metrics.Average average;
  private final ConfusionMatrix matrix;

  ClassMetric(Kind kind, Metrics.Average average, int classes) {
    this.kind = kind;
    this.average = average;
    this.matrix = new ConfusionMatrix(classes);
  }

  @Override
  public String name() {
    String base =
        switch (kind) {
          case PRECISION -> "precision";
          case RECALL -> "recall";
          case F1 -> "F1";
        };
    return base + (average == Metrics.Average.MACRO ? " (macro)" : " (micro)");
  }

  @Override
  public void reset() {
    matrix.reset();
  }

  @Override
  public void add(Answers answers) {
    matrix.add(answers);
  }

  @Override
  public double value() {
    // With one answer a sample, the counts over all classes make all three the accuracy.
    if (average == Metrics.Average.MICRO || Double.isNaN(matrix.value())) {
      return matrix.value();
    }
    double sum = 0;
    for (int c = 0; c < matrix.classes(); c++) {
      sum +=
          switch (kind) {
            case PRECISION -> matrix.precision(c);
            case RECALL -> matrix.recall(c);
            case F1 -> matrix.f1(c);
          };
    }
    return sum / matrix.classes();
  }

  @Override
  public boolean isFraction() {
    return true;
  }
}
