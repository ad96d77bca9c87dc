package dev.cortado.examples;

import static dev.cortado.Ops.add;
import static dev.cortado.Ops.dropout;
import static dev.cortado.Ops.mse;
import static dev.cortado.Ops.mul;
import static dev.cortado.Ops.relu;

import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Dense;

/** One number from ten: two layers, the result scaled to where the answers lie, around 150. */
@Model
public class DiabetesMlp {
  final Dense hidden = new Dense(10, 32);
  final Dense output = new Dense(32, 1);

  Tensor forward(@Shape("N, 10") Tensor patient) {
    Tensor h = dropout(relu(hidden.apply(patient)), 0.2);
    return add(mul(output.apply(h), 75), 150);
  }

  Tensor loss(Tensor prediction, @Shape("N, 1") Tensor progression) {
    return mse(prediction, progression);
  }
}
