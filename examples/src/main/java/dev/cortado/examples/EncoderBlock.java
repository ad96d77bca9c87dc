package dev.cortado.examples;

import static dev.cortado.Ops.add;
import static dev.cortado.Ops.div;
import static dev.cortado.Ops.dropout;
import static dev.cortado.Ops.gelu;
import static dev.cortado.Ops.matmul;
import static dev.cortado.Ops.permute;
import static dev.cortado.Ops.reshape;
import static dev.cortado.Ops.softmax;
import static dev.cortado.Ops.transpose;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Dense;
import dev.cortado.nn.LayerNorm;

/**
 * A block of a transformer encoder with the norms in front: self-attention, then a small network at
 * each position, both added to what they read (Vaswani et al., 2017; Xiong et al., 2020).
 */
@Layer
public class EncoderBlock {
  private final int heads;
  private final int features;
  private final LayerNorm norm1;
  private final Dense query;
  private final Dense key;
  private final Dense value;
  private final Dense joined;
  private final LayerNorm norm2;
  private final Dense up;
  private final Dense down;

  /**
   * A block for {@code [N, T, features]}.
   *
   * @param heads must divide {@code features}
   */
  public EncoderBlock(int features, int heads) {
    this.heads = heads;
    this.features = features;
    norm1 = new LayerNorm(features);
    query = new Dense(features, features);
    key = new Dense(features, features);
    value = new Dense(features, features);
    joined = new Dense(features, features);
    norm2 = new LayerNorm(features);
    up = new Dense(features, 4 * features);
    down = new Dense(4 * features, features);
  }

  public Tensor apply(@Shape("N, T, features") Tensor x) {
    Tensor h = add(x, dropout(attention(norm1.apply(x)), 0.1));
    return add(h, dropout(down.apply(gelu(up.apply(norm2.apply(h)))), 0.1));
  }

  private Tensor attention(Tensor x) {
    Tensor q = byHead(query.apply(x));
    Tensor k = byHead(key.apply(x));
    Tensor v = byHead(value.apply(x));
    Tensor scores = div(matmul(q, transpose(k, 2, 3)), Math.sqrt(features / heads));
    Tensor read = permute(matmul(softmax(scores, -1), v), 0, 2, 1, 3);
    return joined.apply(reshape(read, x.size(0), x.size(1), features));
  }

  /** {@code [N, T, features] → [N, heads, T, features / heads]}. */
  private Tensor byHead(Tensor x) {
    return permute(reshape(x, x.size(0), x.size(1), heads, features / heads), 0, 2, 1, 3);
  }
}
