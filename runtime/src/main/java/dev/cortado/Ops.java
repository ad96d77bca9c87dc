package dev.cortado;

import org.jspecify.annotations.Nullable;

/**
 * The operations of a model, for {@code import static dev.cortado.Ops.*}. Called directly they
 * compute on eager float64 {@link Tensor}s; inside a model the compiler turns each call into
 * generated code.
 *
 * <p>Element-wise operations broadcast as in NumPy: shapes are aligned at the end, and a size of 1
 * (or a missing dimension) is repeated. Losses never broadcast. Negative dimensions count from the
 * end. Names and defaults are PyTorch's; a difference is documented at the method. Arguments that
 * do not fit raise an {@link IllegalArgumentException} that says what was expected, what came and
 * what to do.
 */
public final class Ops extends ShapeOps {
  private Ops() {}

  // ---- Contractions

  /**
   * The matrix product: {@code [..., m, k] × [..., k, n] → [..., m, n]}; leading dimensions
   * broadcast. A vector {@code [k]} on the left counts as {@code [1, k]}, on the right as {@code
   * [k, 1]}, and that dimension is dropped from the result.
   */
  public static Tensor matmul(Tensor a, Tensor b) {
    return EagerContraction.matmul(a, b);
  }

  /** {@code x [N, C, L]}, {@code weight [out, C, k]} → {@code [N, out, L - k + 1]}. */
  public static Tensor conv1d(Tensor x, Tensor weight) {
    return conv1d(x, weight, null, 1, 0, 1, 1);
  }

  /** With {@code bias [out]}. */
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return conv1d(x, weight, bias, 1, 0, 1, 1);
  }

  /**
   * {@code x [N, C, L]}, {@code weight [out, C / groups, k]}, {@code bias [out]} or null → {@code
   * [N, out, (L + 2 padding - dilation (k - 1) - 1) / stride + 1]}.
   */
  public static Tensor conv1d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int stride,
      int padding,
      int dilation,
      int groups) {
    return EagerConvolution.conv1d(x, weight, bias, stride, new int[] {padding}, dilation, groups);
  }

  /** With {@code padding} {@code {left, right}}. */
  public static Tensor conv1d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int stride,
      int[] padding,
      int dilation,
      int groups) {
    return EagerConvolution.conv1d(x, weight, bias, stride, padding, dilation, groups);
  }

  /**
   * {@code x [N, C, H, W]}, {@code weight [out, C, kh, kw]} → {@code [N, out, H - kh + 1, W - kw +
   * 1]}.
   */
  public static Tensor conv2d(Tensor x, Tensor weight) {
    return conv2d(x, weight, null, 1, 0, 1, 1);
  }

  /** With {@code bias [out]}. */
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return conv2d(x, weight, bias, 1, 0, 1, 1);
  }

  /** The options of the full form, the same in both directions. */
  public static Tensor conv2d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int stride,
      int padding,
      int dilation,
      int groups) {
    return conv2d(
        x,
        weight,
        bias,
        new int[] {stride, stride},
        new int[] {padding, padding},
        new int[] {dilation, dilation},
        groups);
  }

  /**
   * {@code x [N, C, H, W]}, {@code weight [out, C / groups, kh, kw]}, {@code bias [out]} or null →
   * {@code [N, out, OH, OW]}, where {@code OH = (H + top + bottom - dilation (kh - 1) - 1) / stride
   * + 1}, rounded down.
   *
   * @param stride {@code {vertical, horizontal}}
   * @param padding {@code {vertical, horizontal}} on both sides, or {@code {top, bottom, left,
   *     right}}
   * @param dilation {@code {vertical, horizontal}}
   * @param groups divides the channels of input and output; each group sees its own channels only
   */
  public static Tensor conv2d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] dilation,
      int groups) {
    return EagerConvolution.conv2d(x, weight, bias, stride, padding, dilation, groups);
  }

  /** The options of the full form, the same in both directions; no output padding. */
  public static Tensor convTranspose2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return convTranspose2d(
        x,
        weight,
        bias,
        new int[] {stride, stride},
        new int[] {padding, padding},
        new int[] {0, 0},
        new int[] {1, 1},
        1);
  }

  /**
   * The transposed convolution: {@code x [N, C, H, W]}, {@code weight [C, out / groups, kh, kw]},
   * {@code bias [out]} or null → {@code [N, out, OH, OW]}, where {@code OH = (H - 1) stride - 2
   * padding + dilation (kh - 1) + outputPadding + 1}. All arrays are {@code {vertical,
   * horizontal}}.
   *
   * @param outputPadding rows and columns added at bottom and right; less than stride or dilation
   */
  public static Tensor convTranspose2d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] outputPadding,
      int[] dilation,
      int groups) {
    return EagerConvolution.convTranspose2d(
        x, weight, bias, stride, padding, outputPadding, dilation, groups);
  }

  // ---- Pooling of [N, C, H, W]

  /** Windows of {@code size × size}, side by side. */
  public static Tensor maxPool2d(Tensor x, int size) {
    return maxPool2d(x, size, size, 0);
  }

  public static Tensor maxPool2d(Tensor x, int size, int stride) {
    return maxPool2d(x, size, stride, 0);
  }

  public static Tensor maxPool2d(Tensor x, int size, int stride, int padding) {
    return EagerPooling.max(
        x, new int[] {size, size}, new int[] {stride, stride}, new int[] {padding, padding});
  }

  /**
   * The largest element of each window: {@code OH = (H + 2 padding - size) / stride + 1}, rounded
   * down. Padding is at most half the size and never the largest. All arrays are {@code {vertical,
   * horizontal}}.
   */
  public static Tensor maxPool2d(Tensor x, int[] size, int[] stride, int[] padding) {
    return EagerPooling.max(x, size, stride, padding);
  }

  /** Windows of {@code size × size}, side by side. */
  public static Tensor avgPool2d(Tensor x, int size) {
    return avgPool2d(x, size, size, 0);
  }

  public static Tensor avgPool2d(Tensor x, int size, int stride) {
    return avgPool2d(x, size, stride, 0);
  }

  public static Tensor avgPool2d(Tensor x, int size, int stride, int padding) {
    return EagerPooling.average(
        x, new int[] {size, size}, new int[] {stride, stride}, new int[] {padding, padding});
  }

  /**
   * The mean of each window, shaped as by {@link #maxPool2d(Tensor, int[], int[], int[])}. Padding
   * counts as zeros.
   */
  public static Tensor avgPool2d(Tensor x, int[] size, int[] stride, int[] padding) {
    return EagerPooling.average(x, size, stride, padding);
  }

  /**
   * Means of windows such that the result is {@code [N, C, height, width]}: row {@code i} covers
   * the rows from {@code ⌊i H / height⌋} to {@code ⌈(i + 1) H / height⌉} (exclusive).
   */
  public static Tensor adaptiveAvgPool2d(Tensor x, int height, int width) {
    return EagerPooling.adaptiveAverage(x, height, width);
  }

  /** The mean of each channel: {@code [N, C, H, W] → [N, C]}. */
  public static Tensor globalAvgPool2d(Tensor x) {
    return EagerPooling.globalAverage(x);
  }

  // ---- Losses: a scalar, the mean over what is counted

  /**
   * {@code -log softmax(logits)} at the label: {@code logits [..., C]}, {@code labels [...]}.
   * Classes are the last dimension (PyTorch's second one when there are more than two). A label
   * outside {@code 0 … C - 1} is an error unless it is the one to be ignored; none is by default
   * (PyTorch ignores -100).
   */
  public static Tensor softmaxCrossEntropy(Tensor logits, Labels labels) {
    return EagerLoss.softmaxCrossEntropy(logits, labels, 0, null, null);
  }

  /** With {@code labelSmoothing} of the probability spread evenly over all classes. */
  public static Tensor softmaxCrossEntropy(Tensor logits, Labels labels, double labelSmoothing) {
    return EagerLoss.softmaxCrossEntropy(logits, labels, labelSmoothing, null, null);
  }

  /** With {@code classWeights [C]}: a weighted mean, divided by the weights of the labels. */
  public static Tensor softmaxCrossEntropy(
      Tensor logits, Labels labels, double labelSmoothing, @Nullable Tensor classWeights) {
    return EagerLoss.softmaxCrossEntropy(logits, labels, labelSmoothing, classWeights, null);
  }

  /** With a label that marks what is not to be counted; NaN when nothing is left. */
  public static Tensor softmaxCrossEntropy(
      Tensor logits,
      Labels labels,
      double labelSmoothing,
      @Nullable Tensor classWeights,
      int ignoredLabel) {
    return EagerLoss.softmaxCrossEntropy(
        logits, labels, labelSmoothing, classWeights, ignoredLabel);
  }

  /**
   * {@code -Σ probabilities * log softmax(logits)}, both {@code [..., C]}; mean over the others.
   */
  public static Tensor softmaxCrossEntropy(Tensor logits, Tensor probabilities) {
    return EagerLoss.softmaxCrossEntropy(logits, probabilities, 0, null);
  }

  public static Tensor softmaxCrossEntropy(
      Tensor logits, Tensor probabilities, double labelSmoothing) {
    return EagerLoss.softmaxCrossEntropy(logits, probabilities, labelSmoothing, null);
  }

  /** With {@code classWeights [C]} on each term; the mean is not weighted, as in PyTorch. */
  public static Tensor softmaxCrossEntropy(
      Tensor logits, Tensor probabilities, double labelSmoothing, @Nullable Tensor classWeights) {
    return EagerLoss.softmaxCrossEntropy(logits, probabilities, labelSmoothing, classWeights);
  }

  /** Minus the log-probability at the label: {@code [..., C]} and {@code [...]}. */
  public static Tensor nll(Tensor logProbabilities, Labels labels) {
    return EagerLoss.nll(logProbabilities, labels, null, null);
  }

  /** With {@code classWeights [C]}: a weighted mean, divided by the weights of the labels. */
  public static Tensor nll(Tensor logProbabilities, Labels labels, @Nullable Tensor classWeights) {
    return EagerLoss.nll(logProbabilities, labels, classWeights, null);
  }

  /** With a label that marks what is not to be counted; NaN when nothing is left. */
  public static Tensor nll(
      Tensor logProbabilities, Labels labels, @Nullable Tensor classWeights, int ignoredLabel) {
    return EagerLoss.nll(logProbabilities, labels, classWeights, ignoredLabel);
  }

  /** {@code -(t log σ(x) + (1 - t) log(1 - σ(x)))} for targets {@code t} in {@code [0, 1]}. */
  public static Tensor binaryCrossEntropyWithLogits(Tensor logits, Tensor targets) {
    return EagerLoss.binaryCrossEntropyWithLogits(logits, targets);
  }

  /** Mean squared error. */
  public static Tensor mse(Tensor prediction, Tensor target) {
    return EagerLoss.mse(prediction, target);
  }

  /** Mean absolute error. */
  public static Tensor mae(Tensor prediction, Tensor target) {
    return EagerLoss.mae(prediction, target);
  }

  /** Huber's loss with {@code delta} 1. */
  public static Tensor huber(Tensor prediction, Tensor target) {
    return huber(prediction, target, 1);
  }

  /** {@code d² / 2} for a difference {@code |d| < delta}, else {@code delta (|d| - delta / 2)}. */
  public static Tensor huber(Tensor prediction, Tensor target, double delta) {
    return EagerLoss.huber(prediction, target, delta);
  }

  /**
   * {@code target * (log target - logProbabilities)}, 0 where the target is 0. The mean is over all
   * elements, PyTorch's default; the divergence per sample is that times the number of classes.
   */
  public static Tensor klDivergence(Tensor logProbabilities, Tensor target) {
    return EagerLoss.klDivergence(logProbabilities, target);
  }

  /**
   * The cosine of the angle between rows: {@link #cosineSimilarity(Tensor, Tensor, int)}, dim 1.
   */
  public static Tensor cosineSimilarity(Tensor a, Tensor b) {
    return cosineSimilarity(a, b, 1);
  }

  /**
   * {@code a·b / (max(|a|, 1e-8) max(|b|, 1e-8))} along {@code dim}, which is dropped. Not reduced
   * further: {@code mean(sub(1, cosineSimilarity(a, b)))} is a loss.
   */
  public static Tensor cosineSimilarity(Tensor a, Tensor b, int dim) {
    return EagerLoss.cosineSimilarity(a, b, dim);
  }

  /**
   * {@code max(0, 1 - target * prediction)} for targets -1 and 1 (not PyTorch's embedding loss).
   */
  public static Tensor hinge(Tensor prediction, Tensor target) {
    return EagerLoss.hinge(prediction, target);
  }
}
