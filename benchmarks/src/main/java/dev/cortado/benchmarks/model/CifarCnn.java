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

/** W2: colour images of 32×32 pixels, two padded convolutions, two dense layers. */
@Model
public class CifarCnn {
  final Conv2d conv1 = new Conv2d(3, 32, 3).padding(1);
  final Conv2d conv2 = new Conv2d(32, 64, 3).padding(1);
  final Dense fc1 = new Dense(64 * 8 * 8, 128);
  final Dense fc2 = new Dense(128, 10);

  Tensor forward(@Shape("N, 3, 32, 32") Tensor image) {
    Tensor h = maxPool2d(relu(conv1.apply(image)), 2);
    h = maxPool2d(relu(conv2.apply(h)), 2);
    h = relu(fc1.apply(flatten(h)));
    return fc2.apply(h);
  }

  Tensor loss(Tensor logits, @Shape("N") Labels label) {
    return softmaxCrossEntropy(logits, label);
  }
}
