package dev.cortado.benchmarks.kernel;

import static dev.cortado.Ops.softmax;

import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;

/** Soft-max of rows, and nothing else. */
@Model
public class SoftmaxRows {
  Tensor forward(@Shape("N, 1024") Tensor x) {
    return softmax(x, -1);
  }
}
