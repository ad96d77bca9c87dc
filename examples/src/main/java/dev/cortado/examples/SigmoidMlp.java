package dev.cortado.examples;

import static dev.cortado.Ops.flatten;
import static dev.cortado.Ops.sigmoid;
import static dev.cortado.Ops.softmaxCrossEntropy;

import dev.cortado.Labels;
import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.data.Split;
import dev.cortado.nn.Dense;
import dev.cortado.train.Adam;
import dev.cortado.train.Trainer;

/** Handwritten digits of 8×8 pixels with one hidden layer of sigmoids. */
@Model
public class SigmoidMlp {
  final Dense hidden = new Dense(64, 32);
  final Dense output = new Dense(32, 10);

  Tensor forward(@Shape("N, 1, 8, 8") Tensor image) {
    return output.apply(sigmoid(hidden.apply(flatten(image))));
  }

  Tensor loss(Tensor logits, @Shape("N") Labels digit) {
    return softmaxCrossEntropy(logits, digit);
  }

  /** Trains it on the shipped digits. */
  public static void main(String[] args) {
    Split digits = DigitsData.load().stratifiedSplit(0.2, 1);
    SigmoidMlpNetwork net = SigmoidMlpNetwork.create(1);
    Trainer.of(net)
        .optimizer(new Adam(1e-2f))
        .epochs(30)
        .validation(digits.held())
        .fit(digits.train());
  }
}
