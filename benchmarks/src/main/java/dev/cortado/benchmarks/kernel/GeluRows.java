package dev.cortado.benchmarks.kernel;

import static dev.cortado.Ops.gelu;

import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;

/** Gelu of each element, and nothing else. */
@Model
public class GeluRows {
  Tensor forward(@Shape("N, 1024") Tensor x) {
    return gelu(x);
  }
}
