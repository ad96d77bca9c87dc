package dev.cortado.examples;

import static dev.cortado.Ops.binaryCrossEntropyWithLogits;
import static dev.cortado.Ops.flatten;
import static dev.cortado.Ops.relu;
import static dev.cortado.Ops.reshape;

import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Dense;

/** Squeezes a digit of 8×8 pixels through eight numbers; gives logits of the pixels. */
@Model
public class DigitsAutoencoder {
  final Dense encode1 = new Dense(64, 64);
  final Dense encode2 = new Dense(64, 8);
  final Dense decode1 = new Dense(8, 64);
  final Dense decode2 = new Dense(64, 64);

  Tensor forward(@Shape("N, 1, 8, 8") Tensor image) {
    Tensor code = encode2.apply(relu(encode1.apply(flatten(image))));
    Tensor pixels = decode2.apply(relu(decode1.apply(code)));
    return reshape(pixels, image.size(0), 1, 8, 8);
  }

  Tensor loss(Tensor logits, @Shape("N, 1, 8, 8") Tensor image) {
    return binaryCrossEntropyWithLogits(logits, image);
  }
}
