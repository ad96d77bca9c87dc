package dev.cortado.benchmarks.kernel;

import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Dense;

/** A million parameters, for optimizers to update. */
@Model
public class Wide {
  final Dense dense = new Dense(1024, 1024);

  Tensor forward(@Shape("N, 1024") Tensor x) {
    return dense.apply(x);
  }
}
