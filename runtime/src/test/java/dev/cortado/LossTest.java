package dev.cortado;

import static dev.cortado.Expected.assertClose;
import static dev.cortado.Expected.assertRejected;
import static dev.cortado.Expected.assertScalar;
import static dev.cortado.Expected.assertTensor;
import static dev.cortado.Expected.shape;
import static dev.cortado.Expected.varied;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossTest {
  private static final double LN2 = Math.log(2);

  /** Softmax: {@code [1/4, 3/4]}, {@code [1/2, 1/2]}. */
  private static final Tensor LOGITS = Tensor.of(new double[] {0, Math.log(3), 5, 5}, 2, 2);

  private static final Labels LABELS = Labels.of(new int[] {1, 0}, 2);
  private static final Tensor WEIGHTS = Tensor.of(new double[] {3, 1}, 2);
  private static final double FIRST = -Math.log(0.75);
  private static final double FIRST_BOTH = -Math.log(0.75) - Math.log(0.25);

  @Test
  void crossEntropyOfLabels() {
    assertScalar(Ops.softmaxCrossEntropy(LOGITS, LABELS), (FIRST + LN2) / 2);
    assertScalar(
        Ops.softmaxCrossEntropy(LOGITS, LABELS, 0.2),
        (0.8 * (FIRST + LN2) + 0.1 * (FIRST_BOTH + 2 * LN2)) / 2);
    assertScalar(Ops.softmaxCrossEntropy(LOGITS, LABELS, 0, WEIGHTS), (FIRST + 3 * LN2) / 4);
    double spread = -Math.log(0.75) - 3 * Math.log(0.25) + 4 * LN2;
    assertScalar(
        Ops.softmaxCrossEntropy(LOGITS, LABELS, 0.2, WEIGHTS),
        (0.8 * (FIRST + 3 * LN2) + 0.1 * spread) / 4);
  }

  @Test
  void ignoredLabels() {
    assertScalar(Ops.softmaxCrossEntropy(LOGITS, LABELS, 0, null, 0), FIRST);
    assertScalar(Ops.softmaxCrossEntropy(LOGITS, LABELS, 0, WEIGHTS, 1), LN2);
    assertScalar(
        Ops.softmaxCrossEntropy(LOGITS, Labels.of(new int[] {-100, 1}, 2), 0, null, -100), LN2);
    Labels none = Labels.of(new int[] {9, 9}, 2);
    assertThat(Ops.softmaxCrossEntropy(LOGITS, none, 0, null, 9).item()).isNaN();
  }

  @Test
  void crossEntropyAtEveryPosition() {
    Tensor logits = varied(1, 2, 3, 4);
    int[] labels = {0, 3, 2, 1, 1, 0};
    assertClose(
        Ops.softmaxCrossEntropy(logits, Labels.of(labels, 2, 3)),
        Ops.softmaxCrossEntropy(Ops.reshape(logits, 6, 4), Labels.of(labels, 6)));
    assertScalar(Ops.softmaxCrossEntropy(Ops.zeros(2), Labels.of(new int[] {1})), LN2);
  }

  @Test
  void crossEntropyOfProbabilities() {
    Tensor logits = varied(1, 3, 4);
    Labels labels = Labels.of(new int[] {2, 0, 3}, 3);
    Tensor sure = Ops.oneHot(labels, 4);
    assertClose(Ops.softmaxCrossEntropy(logits, sure), Ops.softmaxCrossEntropy(logits, labels));
    assertClose(
        Ops.softmaxCrossEntropy(logits, sure, 0.3), Ops.softmaxCrossEntropy(logits, labels, 0.3));
    Tensor half = Ops.full(0.5, 2, 2);
    assertScalar(Ops.softmaxCrossEntropy(LOGITS, half), (FIRST_BOTH / 2 + LN2) / 2);
    assertScalar(
        Ops.softmaxCrossEntropy(LOGITS, half, 0, WEIGHTS),
        (-0.5 * Math.log(0.75) - 1.5 * Math.log(0.25) + 2 * LN2) / 2);
  }

  @Test
  void crossEntropyOfLargeLogits() {
    Tensor far = Tensor.of(new double[] {1000, -1000}, 1, 2);
    assertScalar(Ops.softmaxCrossEntropy(far, Labels.of(new int[] {0}, 1)), 0);
    assertScalar(Ops.softmaxCrossEntropy(far, Labels.of(new int[] {1}, 1)), 2000);
    Tensor masked = Tensor.of(new double[] {1, Double.NEGATIVE_INFINITY, 1}, 1, 3);
    assertScalar(Ops.softmaxCrossEntropy(masked, Labels.of(new int[] {2}, 1)), LN2);
  }

  @Test
  void nll() {
    Tensor logs = Tensor.of(new double[] {-1, -2, -3, -4}, 2, 2);
    assertScalar(Ops.nll(logs, LABELS), 2.5);
    assertScalar(Ops.nll(logs, LABELS, WEIGHTS), (2 + 9) / 4.0);
    assertScalar(Ops.nll(logs, LABELS, null, 1), 3);
    assertScalar(Ops.nll(logs, LABELS, WEIGHTS, 0), 2);
  }

  @Test
  void labelsMustFit() {
    assertRejected(
        () -> Ops.softmaxCrossEntropy(LOGITS, Labels.of(new int[] {0, 2}, 2)),
        "0 to 1",
        "2 came",
        "ignored label");
    assertRejected(() -> Ops.nll(LOGITS, Labels.of(new int[] {-1, 0}, 2)), "-1 came");
    assertRejected(
        () -> Ops.nll(LOGITS, Labels.of(new int[] {0, 5}, 2), null, 6), "0 to 1", "5 came");
    assertRejected(
        () -> Ops.softmaxCrossEntropy(LOGITS, Labels.of(new int[3], 3)),
        "labels [2] for [2, 2]",
        "[3] came");
    assertRejected(
        () -> Ops.softmaxCrossEntropy(LOGITS, LABELS, 0, Ops.ones(3)),
        "class weights [2]",
        "[3] came");
    assertRejected(() -> Ops.softmaxCrossEntropy(LOGITS, LABELS, 1.5), "from 0 to 1", "1.5 came");
  }

  @Test
  void binaryCrossEntropy() {
    Tensor logits = Tensor.of(new double[] {0, Math.log(3)}, 2);
    assertScalar(
        Ops.binaryCrossEntropyWithLogits(logits, Tensor.of(new double[] {1, 0.25}, 2)),
        (LN2 - 0.25 * Math.log(0.75) - 0.75 * Math.log(0.25)) / 2);
    Tensor far = Tensor.of(new double[] {800, -800}, 2);
    assertScalar(Ops.binaryCrossEntropyWithLogits(far, Tensor.of(new double[] {0, 0}, 2)), 400);
  }

  @Test
  void differences() {
    Tensor a = Tensor.of(new double[] {1, 2, 3, 4}, 2, 2);
    Tensor b = Tensor.of(new double[] {1, 0, 3.5, 7}, 2, 2);
    assertScalar(Ops.mse(a, b), (0 + 4 + 0.25 + 9) / 4);
    assertScalar(Ops.mae(a, b), 5.5 / 4);
    assertScalar(Ops.huber(a, b), (0 + 1.5 + 0.125 + 2.5) / 4);
    assertScalar(Ops.huber(a, b, 2), (0 + 2 + 0.125 + 2 * (3 - 1)) / 4);
    assertScalar(
        Ops.hinge(Tensor.of(new double[] {0.5, 2, -3}, 3), Tensor.of(new double[] {1, 1, 1}, 3)),
        4.5 / 3);
    assertScalar(
        Ops.hinge(Tensor.of(new double[] {0.5, -2}, 2), Tensor.of(new double[] {-1, -1}, 2)), 0.75);
    assertRejected(() -> Ops.huber(a, b, 0), "above 0", "0.0 came");
  }

  @Test
  void klDivergence() {
    Tensor logs = Ops.log(Tensor.of(new double[] {0.25, 0.75, 0.5, 0.5}, 2, 2));
    Tensor target = Tensor.of(new double[] {0.5, 0.5, 0, 1}, 2, 2);
    assertScalar(
        Ops.klDivergence(logs, target), (0.5 * LN2 + 0.5 * Math.log(0.5 / 0.75) + 0 + LN2) / 4);
  }

  @Test
  void cosineSimilarity() {
    Tensor a = Tensor.of(new double[] {3, 4, 0, 0}, 2, 2);
    Tensor b = Tensor.of(new double[] {4, 3, 1, 1}, 2, 2);
    assertTensor(Ops.cosineSimilarity(a, b), shape(2), 24 / 25.0, 0);
    assertTensor(
        Ops.cosineSimilarity(a, b, 0), shape(2), 12 / (3 * Math.sqrt(17)), 3 / Math.sqrt(10));
  }

  @Test
  void nothingBroadcasts() {
    Tensor column = Ops.ones(3, 1);
    Tensor flat = Ops.ones(3);
    assertRejected(() -> Ops.mse(column, flat), "mse", "[3, 1] and [3]", "do not broadcast");
    assertRejected(() -> Ops.mae(column, flat), "mae");
    assertRejected(() -> Ops.huber(column, flat), "huber");
    assertRejected(() -> Ops.hinge(column, flat), "hinge");
    assertRejected(() -> Ops.klDivergence(column, flat), "klDivergence");
    assertRejected(() -> Ops.binaryCrossEntropyWithLogits(column, flat), "binaryCrossEntropy");
    assertRejected(() -> Ops.cosineSimilarity(column, flat), "cosineSimilarity");
    assertRejected(() -> Ops.softmaxCrossEntropy(column, flat), "softmaxCrossEntropy");
  }
}
