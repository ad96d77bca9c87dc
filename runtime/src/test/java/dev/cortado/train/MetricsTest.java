package dev.cortado.train;

import static dev.cortado.train.Metrics.Average.MACRO;
import static dev.cortado.train.Metrics.Average.MICRO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The expected values were worked out by hand from the definitions. */
class MetricsTest {
  /** Truth 0 0 0 1 1 2, answers 0 0 1 1 2 2. */
  private static Answers classes() {
    float[] output = {
      3, 1, 0,
      2, 0, 1,
      0, 2, 1,
      1, 3, 2,
      0, 1, 2,
      0, 0, 1,
    };
    return new Answers(output, 18, new int[] {0, 0, 0, 1, 1, 2}, 6, 6, 0.5f);
  }

  private static double value(Metric metric, Answers... batches) {
    metric.reset();
    for (Answers batch : batches) {
      metric.add(batch);
    }
    return metric.value();
  }

  @Test
  void ofClasses() {
    assertThat(value(Metrics.accuracy(), classes())).isEqualTo(4 / 6.0);
    assertThat(value(Metrics.topK(2), classes())).isEqualTo(5 / 6.0);
    assertThat(value(Metrics.precision(3, MACRO), classes()))
        .isCloseTo((1 + 0.5 + 0.5) / 3, within(1e-12));
    assertThat(value(Metrics.recall(3, MACRO), classes()))
        .isCloseTo((2 / 3.0 + 0.5 + 1) / 3, within(1e-12));
    assertThat(value(Metrics.f1(3, MACRO), classes()))
        .isCloseTo((0.8 + 0.5 + 2 / 3.0) / 3, within(1e-12));
    assertThat(value(Metrics.f1(3, MICRO), classes())).isEqualTo(4 / 6.0);
    assertThat(value(Metrics.perplexity(), classes())).isCloseTo(Math.exp(0.5), within(1e-6));
    assertThat(Metrics.accuracy().value()).isNaN();
  }

  @Test
  void ignoredLabelsDoNotCount() {
    Answers ignored = new Answers(new float[] {1, 0, 0, 1}, 4, new int[] {-100, 1}, 2, 2, 0);
    assertThat(value(Metrics.accuracy(), ignored)).isEqualTo(1);
    assertThat(value(Metrics.confusion(2), ignored)).isEqualTo(1);
  }

  @Test
  void areaUnderTheCurve() {
    float[] scores = {0.1f, 0.4f, 0.35f, 0.8f};
    Answers textbook = new Answers(scores, 4, new float[] {0, 0, 1, 1}, 4, 4, 0);
    assertThat(value(Metrics.auroc(), textbook)).isEqualTo(0.75);
    Answers tied = new Answers(new float[] {1, 1, 1, 2}, 4, new float[] {0, 1, 0, 1}, 4, 4, 0);
    assertThat(value(Metrics.auroc(), tied)).isEqualTo(0.75);
    Answers two = new Answers(new float[] {1, 0, 0, 1, 2, 1}, 6, new int[] {0, 1, 0}, 3, 3, 0);
    assertThat(value(Metrics.auroc(), two)).isEqualTo(1);
    Answers onlyOne = new Answers(scores, 4, new float[4], 4, 4, 0);
    assertThat(value(Metrics.auroc(), onlyOne)).isNaN();
    assertThatThrownBy(() -> value(Metrics.auroc(), classes())).hasMessageContaining("two classes");
  }

  @Test
  void ofNumbers() {
    Answers one = new Answers(new float[] {2.5f, 0}, 2, new float[] {3, -0.5f}, 2, 2, 0);
    Answers two = new Answers(new float[] {2, 8}, 2, new float[] {2, 7}, 2, 2, 0);
    assertThat(value(Metrics.meanAbsoluteError(), one, two)).isEqualTo(0.5);
    assertThat(value(Metrics.rootMeanSquaredError(), one, two))
        .isCloseTo(Math.sqrt(0.375), within(1e-12));
    assertThat(value(Metrics.rSquared(), one, two)).isCloseTo(1 - 1.5 / 29.1875, within(1e-9));
    assertThatThrownBy(() -> value(Metrics.rSquared(), classes()))
        .hasMessage(
            "this metric needs a number for each of the 18 outputs, but there are 6 labels");
  }

  @Test
  void theConfusionMatrixPrints() {
    ConfusionMatrix matrix = Metrics.confusion(3);
    matrix.add(classes());
    assertThat(matrix.toString())
        .isEqualTo(
            """
             truth │      0      1      2 │ recall
            ───────┼──────────────────────┼───────
                 0 │      2      1      · │  66.7%
                 1 │      ·      1      1 │  50.0%
                 2 │      ·      ·      1 │ 100.0%
            ───────┼──────────────────────┼───────
             prec. │ 100.0%  50.0%  50.0% │  66.7%
            """);
    assertThat(matrix.count(0, 1)).isEqualTo(1);
    assertThatThrownBy(() -> Metrics.confusion(4).add(classes()))
        .hasMessage("the confusion matrix is for 4 classes, the network answers 3");
  }

  @Test
  void theLearningRateFinderFindsAUsefulRateAndChangesNothing() {
    HandNetwork net = new HandNetwork(2, 16, 4, 0, 42);
    float[] before = net.weights().clone();
    LearningRateFinder found =
        LearningRateFinder.run(net, new Adam(1), Blobs.of(400, 1), 50, 1e-5, 10, 80);
    assertThat(net.weights()).isEqualTo(before);
    assertThat(found.suggestion()).isBetween(1e-3, 1.0);
    assertThat(found.rates().length).isGreaterThan(20);
  }
}
