package dev.cortado.benchmarks.model;

import static dev.cortado.Ops.mean;
import static dev.cortado.Ops.softmaxCrossEntropy;

import dev.cortado.Labels;
import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Dense;

/** W6: sequences of 64 vectors, two layers of a transformer encoder, their mean classified. */
@Model
public class Encoder {
  final EncoderLayer layer1 = new EncoderLayer(128, 4, 512);
  final EncoderLayer layer2 = new EncoderLayer(128, 4, 512);
  final Dense output = new Dense(128, 10);

  Tensor forward(@Shape("N, 64, 128") Tensor sequence) {
    return output.apply(mean(layer2.apply(layer1.apply(sequence)), 1));
  }

  Tensor loss(Tensor logits, @Shape("N") Labels label) {
    return softmaxCrossEntropy(logits, label);
  }
}
