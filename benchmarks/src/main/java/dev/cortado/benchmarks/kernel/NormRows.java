package dev.cortado.benchmarks.kernel;

import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.LayerNorm;

/** Layer norm of rows, and nothing else. */
@Model
public class NormRows {
  final LayerNorm norm = new LayerNorm(1024);

  Tensor forward(@Shape("N, 1024") Tensor x) {
    return norm.apply(x);
  }
}
