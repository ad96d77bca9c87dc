package dev.cortado.examples;

import static dev.cortado.Ops.leakyRelu;
import static dev.cortado.Ops.reshape;
import static dev.cortado.Ops.sigmoid;

import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Dense;

/** A picture of 8×8 pixels from sixteen random numbers. It has no loss: its judge is a network. */
@Model
public class Generator {
  final Dense first = new Dense(16, 128);
  final Dense second = new Dense(128, 128);
  final Dense pixels = new Dense(128, 64);

  Tensor forward(@Shape("N, 16") Tensor noise) {
    Tensor h = leakyRelu(first.apply(noise), 0.2);
    h = leakyRelu(second.apply(h), 0.2);
    return reshape(sigmoid(pixels.apply(h)), noise.size(0), 1, 8, 8);
  }
}
