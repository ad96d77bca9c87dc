package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.Network;
import dev.cortado.data.Dataset;
import dev.cortado.data.Split;
import dev.cortado.train.Adam;
import dev.cortado.train.Evaluation;
import dev.cortado.train.Trainer;
import org.junit.jupiter.api.Test;

/** Every model of the examples learns, judged on data it did not see. */
final class ModelsLearnTest {
  @Test
  void mnistCnn() {
    Split digits = MadeUpData.largeDigits(1, 28, 28).stratifiedSplit(0.2, 1);
    assertThat(accuracy(MnistCnnNetwork.create(1), digits, 3, 1e-3f)).isGreaterThan(0.93);
  }

  @Test
  void rowLstm() {
    Split digits = MadeUpData.largeDigits(28, 28).stratifiedSplit(0.2, 1);
    assertThat(accuracy(RowLstmNetwork.create(1), digits, 8, 5e-3f)).isGreaterThan(0.9);
  }

  @Test
  void sigmoidMlp() {
    Split digits = DigitsData.load().stratifiedSplit(0.2, 1);
    assertThat(accuracy(SigmoidMlpNetwork.create(1), digits, 30, 1e-2f)).isGreaterThan(0.94);
  }

  @Test
  void cifarCnn() {
    Split waves = new Split(MadeUpData.waves(640, 1), MadeUpData.waves(200, 2));
    assertThat(accuracy(CifarCnnNetwork.create(1), waves, 2, 1e-3f)).isGreaterThan(0.9);
  }

  @Test
  void leNet5() {
    Split waves = new Split(MadeUpData.waves(640, 1), MadeUpData.waves(200, 2));
    assertThat(accuracy(LeNet5Network.create(1), waves, 8, 2e-3f)).isGreaterThan(0.9);
  }

  @Test
  void encoderOfAnyLength() {
    Split sequences =
        new Split(MadeUpData.sequences(1500, 20, 1), MadeUpData.sequences(300, 20, 2));
    EncoderNetwork net = EncoderNetwork.create(1, Encoder.LONGEST);
    assertThat(accuracy(net, sequences, 8, 2e-3f)).isGreaterThan(0.95);
    Dataset shorter = MadeUpData.sequences(300, 13, 3);
    assertThat(Evaluation.of(net, shorter, 50).accuracy()).isGreaterThan(0.9);
  }

  @Test
  void regression() {
    RegressionNetwork net = RegressionNetwork.create(1);
    fit(net, MadeUpData.sine(512, 1), 60, 1e-2f);
    assertThat(Evaluation.of(net, MadeUpData.sine(100, 2), 50).loss()).isLessThan(5e-3);
  }

  private static double accuracy(Network net, Split data, int epochs, float learningRate) {
    fit(net, data.train(), epochs, learningRate);
    return Evaluation.of(net, data.held(), 50).accuracy();
  }

  private static void fit(Network net, Dataset train, int epochs, float learningRate) {
    Trainer.of(net)
        .optimizer(new Adam(learningRate))
        .epochs(epochs)
        .batchSize(32)
        .seed(1)
        .quiet()
        .fit(train);
  }
}
