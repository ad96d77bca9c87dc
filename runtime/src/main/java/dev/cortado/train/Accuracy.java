package dev.cortado.train;

/** The fraction of labels whose class got the largest output, or one of the {@code k} largest. */
public final class Accuracy implements Metric {
  private final int k;
  private long right;
  private long all;

  /** The largest output must be the label's. */
  public Accuracy() {
    this(1);
  }

  /** The label's output must be among the {@code k} largest. */
  public Accuracy(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("top-k accuracy needs a k of at least 1, got " + k);
    }
    this.k = k;
  }

  @Override
  public String name() {
    return k == 1 ? "accuracy" : "top-" + k + " accuracy";
  }

  @Override
  public void reset() {
    right = 0;
    all = 0;
  }

  @Override
  public void add(Answers answers) {
    int[] labels = answers.labels();
    for (int row = 0; row < answers.targetCount(); row++) {
      if (labels[row] >= 0) {
        all++;
        right +=
            k == 1 ? (answers.answer(row) == labels[row] ? 1 : 0) : hit(answers, row, labels[row]);
      }
    }
  }

  private int hit(Answers answers, int row, int label) {
    int from = row * answers.classes();
    float own = answers.output()[from + label];
    int before = 0;
    for (int c = 0; c < answers.classes(); c++) {
      float other = answers.output()[from + c];
      before += other > own || (other == own && c < label) ? 1 : 0;
    }
    return before < k ? 1 : 0;
  }

  long right() {
    return right;
  }

  long all() {
    return all;
  }

  /** Goes on from counts gathered before. */
  void restore(long newRight, long newAll) {
    right = newRight;
    all = newAll;
  }

  @Override
  public double value() {
    return all == 0 ? Double.NaN : (double) right / all;
  }

  @Override
  public boolean isFraction() {
    return true;
  }
}
