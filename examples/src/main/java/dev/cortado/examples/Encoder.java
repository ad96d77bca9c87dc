package dev.cortado.examples;

import static dev.cortado.Ops.add;
import static dev.cortado.Ops.mean;
import static dev.cortado.Ops.normal;
import static dev.cortado.Ops.slice;
import static dev.cortado.Ops.softmaxCrossEntropy;

import dev.cortado.IntTensor;
import dev.cortado.Labels;
import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Param;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Dense;
import dev.cortado.nn.Embedding;
import dev.cortado.nn.LayerNorm;
import java.util.ArrayList;
import java.util.List;

/**
 * Classes of token sequences of any length up to {@link #LONGEST}: a two-layer transformer encoder.
 */
@Model
public class Encoder {
  /** The longest sequence there are positions for. */
  public static final int LONGEST = 64;

  /** Tokens are numbers below this. */
  public static final int VOCABULARY = 32;

  static final int FEATURES = 32;

  final Embedding words = new Embedding(VOCABULARY, FEATURES);
  @Param final Tensor positions = normal(0, 0.02, LONGEST, FEATURES);
  final List<EncoderBlock> blocks = new ArrayList<>();
  final LayerNorm norm = new LayerNorm(FEATURES);
  final Dense output = new Dense(FEATURES, 2);

  public Encoder() {
    for (int i = 0; i < 2; i++) {
      blocks.add(new EncoderBlock(FEATURES, 4));
    }
  }

  Tensor forward(@Shape("N, T") IntTensor tokens) {
    Tensor h = add(words.apply(tokens), slice(positions, 0, 0, tokens.size(1)));
    for (EncoderBlock block : blocks) {
      h = block.apply(h);
    }
    return output.apply(mean(norm.apply(h), 1));
  }

  Tensor loss(Tensor logits, @Shape("N") Labels label) {
    return softmaxCrossEntropy(logits, label);
  }
}
