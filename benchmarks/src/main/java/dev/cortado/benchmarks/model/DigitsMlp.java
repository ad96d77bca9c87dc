package dev.cortado.benchmarks.model;

import static dev.cortado.Ops.relu;
import static dev.cortado.Ops.softmaxCrossEntropy;

import dev.cortado.Labels;
import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Dense;

/** W4: digits of 8×8 pixels, three dense layers. */
@Model
public class DigitsMlp {
  final Dense fc1 = new Dense(64, 128);
  final Dense fc2 = new Dense(128, 64);
  final Dense fc3 = new Dense(64, 10);

  Tensor forward(@Shape("N, 64") Tensor pixels) {
    return fc3.apply(relu(fc2.apply(relu(fc1.apply(pixels)))));
  }

  Tensor loss(Tensor logits, @Shape("N") Labels digit) {
    return softmaxCrossEntropy(logits, digit);
  }
}
