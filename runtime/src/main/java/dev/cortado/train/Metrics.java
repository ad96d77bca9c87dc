package dev.cortado.train;

/** The metrics there are. Each call makes a new one. */
public final class Metrics {
  /** How the classes' values become one. */
  public enum Average {
    /** The mean over the classes, each counting alike. */
    MACRO,
    /** Over all samples, each counting alike; with one answer a sample this is the accuracy. */
    MICRO
  }

  private Metrics() {}

  /** The fraction of labels whose class got the largest output. */
  public static Metric accuracy() {
    return new Accuracy();
  }

  /** The fraction of labels whose class got one of the {@code k} largest outputs. */
  public static Metric topK(int k) {
    return new Accuracy(k);
  }

  /** How often each class was answered for each true class. */
  public static ConfusionMatrix confusion(int classes) {
    return new ConfusionMatrix(classes);
  }

  /** Of the answers that say a class, the fraction that is right. */
  public static Metric precision(int classes, Average average) {
    return new ClassMetric(ClassMetric.Kind.PRECISION, average, classes);
  }

  /** Of the samples of a class, the fraction that was found. */
  public static Metric recall(int classes, Average average) {
    return new ClassMetric(ClassMetric.Kind.RECALL, average, classes);
  }

  /** The harmonic mean of precision and recall. */
  public static Metric f1(int classes, Average average) {
    return new ClassMetric(ClassMetric.Kind.F1, average, classes);
  }

  /** The area under the receiver operating characteristic, for two classes. */
  public static Metric auroc() {
    return new Auroc();
  }

  /** The mean of the errors' sizes. */
  public static Metric meanAbsoluteError() {
    return new ErrorMetric(ErrorMetric.Kind.MEAN_ABSOLUTE);
  }

  /** The root of the mean of the squared errors. */
  public static Metric rootMeanSquaredError() {
    return new ErrorMetric(ErrorMetric.Kind.ROOT_MEAN_SQUARED);
  }

  /**
   * The fraction of the targets' variance that is explained; 1 at best, 0 for always answering the
   * mean.
   */
  public static Metric rSquared() {
    return new ErrorMetric(ErrorMetric.Kind.R_SQUARED);
  }

  /** {@code exp} of the mean loss, for losses that are a mean negative log-likelihood in nats. */
  public static Metric perplexity() {
    return new Perplexity();
  }

  private static final class Perplexity implements Metric {
    private double sum;
    private long samples;

    @Override
    public String name() {
      return "perplexity";
    }

    @Override
    public void reset() {
      sum = 0;
      samples = 0;
    }

    @Override
    public void add(Answers answers) {
      sum += (double) answers.loss() * answers.samples();
      samples += answers.samples();
    }

    @Override
    public double value() {
      return Math.exp(sum / samples);
    }

    @Override
    public boolean higherIsBetter() {
      return false;
    }
  }
}
