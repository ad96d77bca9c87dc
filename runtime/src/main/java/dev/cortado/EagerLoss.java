package dev.cortado;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Losses. */
final class EagerLoss {
  private static final double LEAST_NORM = 1e-8;

  private EagerLoss() {}

  static Tensor softmaxCrossEntropy(
      Tensor logits,
      Labels labels,
      double smoothing,
      @Nullable Tensor weights,
      @Nullable Integer ignored) {
    String what = "softmaxCrossEntropy";
    requireSmoothing(what, smoothing);
    requireLabels(what, logits, labels, weights, ignored);
    Tensor logs = EagerReduction.logSoftmax(logits, -1);
    int classes = logits.size(-1);
    double right = 0;
    double spread = 0;
    double counted = 0;
    for (int i = 0; i < labels.count(); i++) {
      int label = labels.indices().data()[i];
      if (ignored != null && label == ignored) {
        continue;
      }
      counted += weight(weights, label);
      right -= weight(weights, label) * logs.data()[i * classes + label];
      for (int c = 0; c < classes; c++) {
        spread -= weight(weights, c) * logs.data()[i * classes + c];
      }
    }
    // Without smoothing, a class of probability 0 (a logit of -∞) must not count.
    double smoothed = smoothing == 0 ? 0 : smoothing / classes * spread;
    return Tensor.scalar(((1 - smoothing) * right + smoothed) / counted);
  }

  static Tensor softmaxCrossEntropy(
      Tensor logits, Tensor probabilities, double smoothing, @Nullable Tensor weights) {
    String what = "softmaxCrossEntropy";
    requireSmoothing(what, smoothing);
    Shapes.requireSame(what, logits.dims(), probabilities.dims());
    Shapes.dim(what, -1, logits.dims());
    int classes = logits.size(-1);
    requireWeights(what, weights, classes);
    Tensor logs = EagerReduction.logSoftmax(logits, -1);
    double sum = 0;
    for (int i = 0; i < logs.count(); i++) {
      double p = probabilities.data()[i] * (1 - smoothing) + smoothing / classes;
      sum -= weight(weights, i % classes) * p * logs.data()[i];
    }
    return Tensor.scalar(sum / (logits.count() / (double) classes));
  }

  static Tensor nll(
      Tensor logs, Labels labels, @Nullable Tensor weights, @Nullable Integer ignored) {
    requireLabels("nll", logs, labels, weights, ignored);
    int classes = logs.size(-1);
    double sum = 0;
    double counted = 0;
    for (int i = 0; i < labels.count(); i++) {
      int label = labels.indices().data()[i];
      if (ignored == null || label != ignored) {
        sum -= weight(weights, label) * logs.data()[i * classes + label];
        counted += weight(weights, label);
      }
    }
    return Tensor.scalar(sum / counted);
  }

  static Tensor binaryCrossEntropyWithLogits(Tensor logits, Tensor targets) {
    // softplus(-x) = -log σ(x) and softplus(x) = -log(1 - σ(x)), both without overflow.
    return mean(
        "binaryCrossEntropyWithLogits",
        logits,
        targets,
        (x, t) -> t * EagerFunctions.softplus(-x) + (1 - t) * EagerFunctions.softplus(x));
  }

  static Tensor mse(Tensor prediction, Tensor target) {
    return mean("mse", prediction, target, (x, t) -> (x - t) * (x - t));
  }

  static Tensor mae(Tensor prediction, Tensor target) {
    return mean("mae", prediction, target, (x, t) -> Math.abs(x - t));
  }

  static Tensor huber(Tensor prediction, Tensor target, double delta) {
    if (!(delta > 0)) {
      throw new IllegalArgumentException("huber expects a delta above 0, but " + delta + " came");
    }
    return mean(
        "huber",
        prediction,
        target,
        (x, t) -> {
          double d = Math.abs(x - t);
          return d < delta ? d * d / 2 : delta * (d - delta / 2);
        });
  }

  static Tensor klDivergence(Tensor logProbabilities, Tensor target) {
    return mean(
        "klDivergence", logProbabilities, target, (x, t) -> t == 0 ? 0 : t * (Math.log(t) - x));
  }

  static Tensor hinge(Tensor prediction, Tensor target) {
    return mean("hinge", prediction, target, (x, t) -> Math.max(0, 1 - t * x));
  }

  static Tensor cosineSimilarity(Tensor a, Tensor b, int dim) {
    Shapes.requireSame("cosineSimilarity", a.dims(), b.dims());
    Tensor product = Ops.sum(Ops.mul(a, b), dim);
    return Ops.div(product, Ops.mul(norm(a, dim), norm(b, dim)));
  }

  private static Tensor norm(Tensor x, int dim) {
    return Ops.maximum(Ops.sqrt(Ops.sum(Ops.mul(x, x), dim)), LEAST_NORM);
  }

  private static Tensor mean(String what, Tensor a, Tensor b, DoubleBinaryOperator loss) {
    Shapes.requireSame(what, a.dims(), b.dims());
    double sum = 0;
    for (int i = 0; i < a.count(); i++) {
      sum += loss.applyAsDouble(a.data()[i], b.data()[i]);
    }
    return Tensor.scalar(sum / a.count());
  }

  private static double weight(@Nullable Tensor weights, int label) {
    return weights == null ? 1 : weights.data()[label];
  }

  private static void requireSmoothing(String what, double smoothing) {
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new IllegalArgumentException(
          what + " expects a label smoothing from 0 to 1, but " + smoothing + " came");
    }
  }

  private static void requireLabels(
      String what,
      Tensor scores,
      Labels labels,
      @Nullable Tensor weights,
      @Nullable Integer ignored) {
    int last = Shapes.dim(what, -1, scores.dims());
    int[] expected = Shapes.without(scores.dims(), last);
    if (!Arrays.equals(expected, labels.indices().dims())) {
      throw new IllegalArgumentException(
          what
              + " expects labels "
              + Shapes.text(expected)
              + " for "
              + Shapes.text(scores.dims())
              + " (classes last), but "
              + Shapes.text(labels.indices().dims())
              + " came");
    }
    int classes = scores.size(last);
    requireWeights(what, weights, classes);
    for (int label : labels.indices().data()) {
      if ((label < 0 || label >= classes) && (ignored == null || label != ignored)) {
        throw new IllegalArgumentException(
            what
                + " expects labels from 0 to "
                + (classes - 1)
                + ", but "
                + label
                + " came; name it as the ignored label if it is not to be counted");
      }
    }
  }

  private static void requireWeights(String what, @Nullable Tensor weights, int classes) {
    if (weights != null && (weights.rank() != 1 || weights.size(0) != classes)) {
      throw new IllegalArgumentException(
          what
              + " expects class weights ["
              + classes
              + "], but "
              + Shapes.text(weights.dims())
              + " came");
    }
  }
}
