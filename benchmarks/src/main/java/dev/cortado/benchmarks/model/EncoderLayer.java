package dev.cortado.benchmarks.model;

import static dev.cortado.Ops.add;
import static dev.cortado.Ops.div;
import static dev.cortado.Ops.gelu;
import static dev.cortado.Ops.matmul;
import static dev.cortado.Ops.permute;
import static dev.cortado.Ops.reshape;
import static dev.cortado.Ops.softmax;
import static dev.cortado.Ops.split;
import static dev.cortado.Ops.transpose;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Dense;
import dev.cortado.nn.LayerNorm;
import java.util.List;

/**
 * PyTorch's {@code TransformerEncoderLayer} as it is by default, with gelu and without dropout:
 * self-attention and a small network at each position, a norm after each (Vaswani et al., 2017).
 */
@Layer
public class EncoderLayer {
  private final int heads;
  private final int features;
  private final Dense projection;
  private final Dense joined;
  private final LayerNorm norm1;
  private final Dense up;
  private final Dense down;
  private final LayerNorm norm2;

  /**
   * A layer for {@code [N, T, features]}.
   *
   * @param heads must divide {@code features}
   * @param width of the network at each position
   */
  public EncoderLayer(int features, int heads, int width) {
    this.heads = heads;
    this.features = features;
    projection = new Dense(features, 3 * features);
    joined = new Dense(features, features);
    norm1 = new LayerNorm(features);
    up = new Dense(features, width);
    down = new Dense(width, features);
    norm2 = new LayerNorm(features);
  }

  /** {@code [N, T, features] → [N, T, features]}. */
  public Tensor apply(@Shape("N, T, features") Tensor x) {
    Tensor h = norm1.apply(add(x, attention(x)));
    return norm2.apply(add(h, down.apply(gelu(up.apply(h)))));
  }

  private Tensor attention(Tensor x) {
    List<Tensor> parts = split(projection.apply(x), 2, features);
    Tensor query = byHead(parts.get(0));
    Tensor key = byHead(parts.get(1));
    Tensor value = byHead(parts.get(2));
    Tensor scores = div(matmul(query, transpose(key, 2, 3)), Math.sqrt(features / heads));
    Tensor read = permute(matmul(softmax(scores, -1), value), 0, 2, 1, 3);
    return joined.apply(reshape(read, x.size(0), x.size(1), features));
  }

  /** {@code [N, T, features] → [N, heads, T, features / heads]}. */
  private Tensor byHead(Tensor x) {
    return permute(reshape(x, x.size(0), x.size(1), heads, features / heads), 0, 2, 1, 3);
  }
}
