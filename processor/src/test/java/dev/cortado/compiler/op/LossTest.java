package dev.cortado.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.interpret.Program;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {

  @ParameterizedTest
  @CsvSource({
    "0, false, ",
    "0.1, false, ",
    "0, true, ",
    "0.2, true, ",
    "0, false, 2",
    "0.1, true, 2",
    "0.1, false, -100",
    "0, true, -100"
  })
  void crossEntropyOfLabels(double smoothing, boolean weighted, Integer ignored) {
    Program p = new Program().with("N", 3);
    Value x = p.input("N", 2, 4);
    double[] labels = {0, 3, 2, 1, 2, 3};
    if (ignored != null && ignored < 0) {
      labels[3] = ignored;
    }
    Value target = p.givenLabels(labels, "N", 2);
    Value weights = weighted ? p.between(0.5, 2, 4) : null;
    Value loss =
        ignored == null
            ? p.call("softmaxCrossEntropy", x, target, smoothing, weights)
            : p.call("softmaxCrossEntropy", x, target, smoothing, weights, ignored);
    double[] w = weighted ? p.data(weights) : new double[] {1, 1, 1, 1};
    double expected = crossEntropy(p.data(x), labels, smoothing, w, ignored);
    assertThat(p.run(loss)[0]).isCloseTo(expected, within(1e-12));
    p.checkGradients(loss);
    if (smoothing == 0) {
      Value logs = p.call("logSoftmax", x, -1);
      Value nll =
          ignored == null
              ? p.call("nll", logs, target, weights)
              : p.call("nll", logs, target, weights, ignored);
      assertThat(p.run(nll)[0]).isCloseTo(expected, within(1e-12));
      p.checkGradients(nll);
    }
  }

  /** PyTorch's {@code cross_entropy}, row by row. */
  private static double crossEntropy(
      double[] x, double[] labels, double smoothing, double[] w, Integer ignored) {
    double total = 0;
    double counted = 0;
    for (int i = 0; i < labels.length; i++) {
      if (ignored != null && labels[i] == ignored) {
        continue;
      }
      double sum = 0;
      for (int c = 0; c < 4; c++) {
        sum += Math.exp(x[i * 4 + c]);
      }
      int label = (int) labels[i];
      total -= (1 - smoothing) * w[label] * (x[i * 4 + label] - Math.log(sum));
      for (int c = 0; c < 4; c++) {
        total -= smoothing / 4 * w[c] * (x[i * 4 + c] - Math.log(sum));
      }
      counted += w[label];
    }
    return total / counted;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1})
  void crossEntropyOfProbabilities(double smoothing) {
    Program p = new Program().with("N", 3);
    Value x = p.input("N", 4);
    Value target = p.between(0, 1, "N", 4);
    Value weights = p.between(0.5, 2, 4);
    Value loss = p.call("softmaxCrossEntropy", x, target, smoothing, weights);
    double[] logs = p.run(p.call("logSoftmax", x, 1));
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      double t = p.data(target)[i] * (1 - smoothing) + smoothing / 4;
      sum -= p.data(weights)[i % 4] * t * logs[i];
    }
    assertThat(p.run(loss)[0]).isCloseTo(sum / 3, within(1e-12));
    p.checkGradients(loss);
  }

  @Test
  void oneSampleWithoutABatch() {
    Program p = new Program();
    Value x = p.input(4);
    Value loss = p.call("softmaxCrossEntropy", x, p.givenLabels(new double[] {2}));
    assertThat(loss.shape()).isEqualTo(Program.shape());
    p.checkGradients(loss);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mse", "mae", "huber", "binaryCrossEntropyWithLogits", "hinge", "klDivergence"})
  void means(String method) {
    Program p = new Program().with("N", 3);
    Value x = p.between(-3, 3, "N", 4);
    Value target = p.between(0, 1, "N", 4);
    Value loss = p.call(method, x, target);
    DoubleBinaryOperator f = formula(method);
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += f.applyAsDouble(p.data(x)[i], p.data(target)[i]);
    }
    assertThat(p.run(loss)[0]).isCloseTo(sum / 12, within(1e-12));
    p.checkGradients(loss);
    Value narrow = p.input("N", 1);
    assertThatThrownBy(() -> p.call(method, x, narrow))
        .isInstanceOf(OpError.class)
        .hasMessage(
            method
                + ": both must have the same shape, but argument0 is [N, 4] and argument1 is [N, 1];"
                + " losses do not broadcast, reshape one of them");
  }

  private static DoubleBinaryOperator formula(String method) {
    return switch (method) {
      case "mse" -> (x, t) -> Math.pow(x - t, 2);
      case "mae" -> (x, t) -> Math.abs(x - t);
      case "huber" ->
          (x, t) -> Math.abs(x - t) < 1 ? Math.pow(x - t, 2) / 2 : Math.abs(x - t) - 0.5;
      case "binaryCrossEntropyWithLogits" ->
          (x, t) -> {
            double s = 1 / (1 + Math.exp(-x));
            return -(t * Math.log(s) + (1 - t) * Math.log(1 - s));
          };
      case "hinge" -> (x, t) -> Math.max(0, 1 - x * t);
      case "klDivergence" -> (x, t) -> t * (Math.log(t) - x);
      default -> throw new IllegalArgumentException(method);
    };
  }

  @Test
  void edges() {
    Program p = new Program();
    Value x = p.given(new double[] {0, 1000, -1000}, 3);
    Value t = p.given(new double[] {0.25, 1, 0}, 3);
    Value loss = p.call("binaryCrossEntropyWithLogits", x, t);
    assertThat(p.run(loss)[0]).isCloseTo(Math.log(2) / 3, within(1e-12));
    assertThat(p.gradients(loss, x)).containsExactly(new double[] {0.25 / 3, 0, 0}, within(1e-12));
    Value zero = p.given(new double[] {0, 0.5, 0.5}, 3);
    assertThat(p.run(p.call("klDivergence", t, zero))[0]).isFinite();
    Value wide = p.call("huber", x, t, 2.0);
    assertThat(p.run(wide)[0])
        .isCloseTo((0.25 * 0.25 / 2 + 2 * (999 - 1) + 2 * (1000 - 1)) / 3, within(1e-9));
    assertThatThrownBy(() -> p.call("huber", x, t, 0.0))
        .hasMessage("huber: delta must be positive, but is 0.0");
  }

  @Test
  void cosineSimilarity() {
    Program p = new Program().with("N", 2);
    Value a = p.input("N", 3, 4);
    Value b = p.input("N", 3, 4);
    Value y = p.call("cosineSimilarity", a, b, -1);
    assertThat(y.shape()).isEqualTo(Program.shape("N", 3));
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < 4; i++) {
      dot += p.data(a)[i] * p.data(b)[i];
      aa += p.data(a)[i] * p.data(a)[i];
      bb += p.data(b)[i] * p.data(b)[i];
    }
    assertThat(p.run(y)[0]).isCloseTo(dot / Math.sqrt(aa * bb), within(1e-12));
    assertThat(p.call("cosineSimilarity", a, b).shape()).isEqualTo(Program.shape("N", 4));
    p.checkGradients(y);
    Value zero = p.given(new double[2], 1, 2);
    assertThat(p.gradients(p.call("cosineSimilarity", zero, p.input(1, 2)), zero))
        .doesNotContain(Double.NaN);
  }

  @Test
  void targetsThatDoNotFit() {
    Program p = new Program().with("N", 2);
    Value x = p.input("N", 10);
    Value labels = p.labels(10, "N", 1);
    assertThatThrownBy(() -> p.call("softmaxCrossEntropy", x, labels))
        .isInstanceOf(OpError.class)
        .hasMessage(
            "softmaxCrossEntropy: argument0 [N, 10] needs labels [N], one for each row of classes,"
                + " but argument1 is [N, 1]");
    Value good = p.labels(10, "N");
    Value weights = p.input(3);
    assertThatThrownBy(() -> p.call("softmaxCrossEntropy", x, good, 0.0, weights))
        .hasMessageContaining("class weights must be [10], one for each class");
    assertThatThrownBy(() -> p.call("softmaxCrossEntropy", x, good, 1.5))
        .hasMessageContaining("label smoothing must be between 0 and 1, but is 1.5");
  }
}
