package dev.cortado.examples;

import static dev.cortado.Ops.add;
import static dev.cortado.Ops.log;
import static dev.cortado.Ops.mean;
import static dev.cortado.Ops.mse;
import static dev.cortado.Ops.relu;

import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Dense;

/** A model with a place where things go wrong: the logarithm of what may be zero. */
@Model
class Fragile {
  final Dense encode = new Dense(2, 4);
  final Dense decode = new Dense(4, 1);

  Tensor forward(@Shape("N, 2") Tensor x, @Shape("N, 1") Tensor weight) {
    Tensor h = relu(encode.apply(x));
    return add(decode.apply(h), log(weight));
  }

  Tensor loss(Tensor prediction, @Shape("N, 1") Tensor y) {
    return mean(mse(prediction, y));
  }
}
