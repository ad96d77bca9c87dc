package dev.cortado.examples;

import static dev.cortado.Ops.dropout;
import static dev.cortado.Ops.flatten;
import static dev.cortado.Ops.maxPool2d;
import static dev.cortado.Ops.relu;
import static dev.cortado.Ops.softmaxCrossEntropy;

import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Conv2d;
import dev.cortado.nn.Dense;

/** Digits with a convolution, dropout, and probabilities for targets, so that they can be mixed. */
@Model
class Regularised {
  final Conv2d conv = new Conv2d(1, 48, 3).padding(1);
  final Dense hidden = new Dense(48 * 4 * 4, 96);
  final Dense output = new Dense(96, 10);

  Tensor forward(@Shape("N, 1, 8, 8") Tensor image) {
    Tensor h = dropout(flatten(maxPool2d(relu(conv.apply(image)), 2)), 0.2);
    return output.apply(dropout(relu(hidden.apply(h)), 0.3));
  }

  Tensor loss(Tensor logits, @Shape("N, 10") Tensor probabilities) {
    return softmaxCrossEntropy(logits, probabilities);
  }
}
