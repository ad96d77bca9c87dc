package dev.cortado.examples;

import static dev.cortado.Ops.dropout;
import static dev.cortado.Ops.flatten;
import static dev.cortado.Ops.maxPool2d;
import static dev.cortado.Ops.relu;
import static dev.cortado.Ops.softmaxCrossEntropy;

import dev.cortado.Labels;
import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Conv2d;
import dev.cortado.nn.Dense;

/** Handwritten digits of 8×8 pixels; {@link Digits} trains it. */
@Model
public class DigitsCnn {
  final Conv2d conv1 = new Conv2d(1, 32, 3).padding(1);
  final Conv2d conv2 = new Conv2d(32, 64, 3).padding(1);
  final Dense fc1 = new Dense(64 * 2 * 2, 128);
  final Dense fc2 = new Dense(128, 10);

  Tensor forward(@Shape("N, 1, 8, 8") Tensor image) {
    Tensor h = maxPool2d(relu(conv1.apply(image)), 2);
    h = maxPool2d(relu(conv2.apply(h)), 2);
    h = relu(fc1.apply(flatten(h)));
    return fc2.apply(dropout(h, 0.5));
  }

  Tensor loss(Tensor logits, @Shape("N") Labels digit) {
    return softmaxCrossEntropy(logits, digit);
  }
}
