package dev.cortado.examples;

import static dev.cortado.Ops.mse;
import static dev.cortado.Ops.tanh;

import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Dense;

/** A curve through points: one number in, one out, two layers. */
@Model
public class Regression {
  final Dense hidden = new Dense(1, 32);
  final Dense output = new Dense(32, 1);

  Tensor forward(@Shape("N, 1") Tensor x) {
    return output.apply(tanh(hidden.apply(x)));
  }

  Tensor loss(Tensor prediction, @Shape("N, 1") Tensor y) {
    return mse(prediction, y);
  }
}
