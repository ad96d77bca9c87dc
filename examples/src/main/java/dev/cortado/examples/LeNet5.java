package dev.cortado.examples;

import static dev.cortado.Ops.avgPool2d;
import static dev.cortado.Ops.flatten;
import static dev.cortado.Ops.softmaxCrossEntropy;
import static dev.cortado.Ops.tanh;

import dev.cortado.Labels;
import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Conv2d;
import dev.cortado.nn.Dense;

/** LeNet-5 (LeCun et al., 1998) for colour images of 32×32 pixels in 10 classes. */
@Model
public class LeNet5 {
  final Conv2d conv1 = new Conv2d(3, 6, 5);
  final Conv2d conv2 = new Conv2d(6, 16, 5);
  final Dense fc1 = new Dense(16 * 5 * 5, 120);
  final Dense fc2 = new Dense(120, 84);
  final Dense fc3 = new Dense(84, 10);

  Tensor forward(@Shape("N, 3, 32, 32") Tensor image) {
    Tensor h = avgPool2d(tanh(conv1.apply(image)), 2);
    h = avgPool2d(tanh(conv2.apply(h)), 2);
    h = tanh(fc1.apply(flatten(h)));
    h = tanh(fc2.apply(h));
    return fc3.apply(h);
  }

  Tensor loss(Tensor logits, @Shape("N") Labels label) {
    return softmaxCrossEntropy(logits, label);
  }
}
