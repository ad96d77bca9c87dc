package dev.cortado.benchmarks.growth;

import static dev.cortado.Ops.softmaxCrossEntropy;

import dev.cortado.Labels;
import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;

/** A stack of 4 layers. */
@Model
public class Layers4 {
  final Stack stack = new Stack(4);

  Tensor forward(@Shape("N, 128") Tensor x) {
    return stack.apply(x);
  }

  Tensor loss(Tensor logits, @Shape("N") Labels label) {
    return softmaxCrossEntropy(logits, label);
  }
}
