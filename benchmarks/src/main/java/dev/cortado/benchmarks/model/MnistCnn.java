package dev.cortado.benchmarks.model;

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

/** W1: grey images of 28×28 pixels, two convolutions, three dense layers. */
@Model
public class MnistCnn {
  final Conv2d conv1 = new Conv2d(1, 32, 3);
  final Conv2d conv2 = new Conv2d(32, 64, 3);
  final Dense fc1 = new Dense(64 * 5 * 5, 120);
  final Dense fc2 = new Dense(120, 84);
  final Dense fc3 = new Dense(84, 10);

  Tensor forward(@Shape("N, 1, 28, 28") Tensor image) {
    Tensor h = maxPool2d(relu(conv1.apply(image)), 2);
    h = maxPool2d(relu(conv2.apply(h)), 2);
    h = relu(fc1.apply(flatten(h)));
    h = relu(fc2.apply(h));
    return fc3.apply(h);
  }

  Tensor loss(Tensor logits, @Shape("N") Labels digit) {
    return softmaxCrossEntropy(logits, digit);
  }
}
