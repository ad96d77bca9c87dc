package dev.cortado.nn;

import static dev.cortado.Ops.add;
import static dev.cortado.Ops.keepDims;
import static dev.cortado.Ops.mean;
import static dev.cortado.Ops.mul;
import static dev.cortado.Ops.ones;
import static dev.cortado.Ops.populationVariance;
import static dev.cortado.Ops.rsqrt;
import static dev.cortado.Ops.sub;
import static dev.cortado.Ops.zeros;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Param;
import dev.cortado.annotation.Shape;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Mean 0 and variance 1 along the last dimension, then scaled and shifted: {@code (x - mean) /
 * √(variance + epsilon) * weight + bias} with the biased variance (Ba et al., 2016).
 *
 * <p>The shape {@code [..., features]} is kept; {@code weight [features]} starts from 1, {@code
 * bias [features]} from 0.
 */
@Layer
public final class LayerNorm implements UnaryOperator<Tensor> {
  // Read by the shape of apply.
  @SuppressWarnings("UnusedVariable")
  private int features;

  private double epsilon = 1e-5;
  @Param private @Nullable Tensor weight;
  @Param private @Nullable Tensor bias;

  /** Features come from the tensor the layer is first applied to. */
  public LayerNorm() {}

  public LayerNorm(int features) {
    build(features);
  }

  /** What is added to the variance; 1e-5 by default. */
  public LayerNorm epsilon(double value) {
    epsilon = value;
    return this;
  }

  @Override
  public Tensor apply(@Shape("..., features") Tensor x) {
    Tensor scale = weight == null ? build(x.size(-1)) : weight;
    Tensor centred = sub(x, mean(x, keepDims(-1)));
    Tensor spread = rsqrt(add(populationVariance(x, keepDims(-1)), epsilon));
    Tensor scaled = mul(mul(centred, spread), scale);
    return bias == null ? scaled : add(scaled, bias);
  }

  private Tensor build(int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "LayerNorm expects at least 1 feature, but " + size + " came");
    }
    features = size;
    Tensor scale = ones(size);
    weight = scale;
    bias = zeros(size);
    return scale;
  }
}
