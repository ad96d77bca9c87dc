package dev.cortado.nn;

import static dev.cortado.Ops.embedding;
import static dev.cortado.Ops.normal;

import dev.cortado.IntTensor;
import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Param;

/**
 * A learned row for each index: {@code [...] → [..., features]}; {@code weight [count, features]},
 * starting from the standard normal distribution.
 */
@Layer
public final class Embedding {
  @Param private final Tensor weight;

  /**
   * @param count number of rows; indices run from 0 to {@code count - 1}
   */
  public Embedding(int count, int features) {
    if (count < 1 || features < 1) {
      throw new IllegalArgumentException(
          "Embedding expects at least 1 row and 1 feature, but "
              + count
              + ", "
              + features
              + " came");
    }
    weight = normal(0, 1, count, features);
  }

  public Tensor apply(IntTensor indices) {
    return embedding(weight, indices);
  }

  /** The rows, {@code [count, features]}, to share them with another layer. */
  public Tensor weight() {
    return weight;
  }
}
