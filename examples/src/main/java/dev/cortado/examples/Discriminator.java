package dev.cortado.examples;

import static dev.cortado.Ops.binaryCrossEntropyWithLogits;
import static dev.cortado.Ops.dropout;
import static dev.cortado.Ops.flatten;
import static dev.cortado.Ops.leakyRelu;

import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Dense;

/** Tells digits that a hand wrote (1) from those that a {@link Generator} made (0). */
@Model
public class Discriminator {
  final Dense first = new Dense(64, 128);
  final Dense second = new Dense(128, 64);
  final Dense written = new Dense(64, 1);

  Tensor forward(@Shape("N, 1, 8, 8") Tensor image) {
    Tensor h = dropout(leakyRelu(first.apply(flatten(image)), 0.2), 0.3);
    h = dropout(leakyRelu(second.apply(h), 0.2), 0.3);
    return written.apply(h);
  }

  Tensor loss(Tensor logit, @Shape("N, 1") Tensor isWritten) {
    return binaryCrossEntropyWithLogits(logit, isWritten);
  }
}
