package dev.cortado.nn;

import static dev.cortado.Ops.add;
import static dev.cortado.Ops.matmul;
import static dev.cortado.Ops.transpose;
import static dev.cortado.Ops.uniform;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Param;
import dev.cortado.annotation.Shape;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A fully connected layer, {@code x weightᵀ + bias}; PyTorch's {@code Linear}.
 *
 * <p>Shapes: {@code [..., in] → [..., out]}; {@code weight [out, in]}, {@code bias [out]}, both
 * starting uniform within {@code ±1/√in}.
 */
@Layer
public final class Dense implements UnaryOperator<Tensor> {
  private final int outFeatures;
  private int inFeatures;
  private boolean hasBias = true;
  @Param private @Nullable Tensor weight;
  @Param private @Nullable Tensor bias;

  /** In-features come from the tensor the layer is first applied to. */
  public Dense(int outFeatures) {
    if (outFeatures < 1) {
      throw new IllegalArgumentException(
          "Dense expects at least 1 out-feature, but " + outFeatures + " came");
    }
    this.outFeatures = outFeatures;
  }

  public Dense(int inFeatures, int outFeatures) {
    this(outFeatures);
    build(inFeatures);
  }

  /** Whether a bias is added; it is unless this says no. */
  public Dense bias(boolean wanted) {
    hasBias = wanted;
    if (weight != null) {
      build(inFeatures);
    }
    return this;
  }

  @Override
  public Tensor apply(@Shape("..., inFeatures") Tensor x) {
    Tensor w = weight == null ? build(x.size(-1)) : weight;
    Tensor product = matmul(x, transpose(w, 0, 1));
    return bias == null ? product : add(product, bias);
  }

  /** The weight, {@code [out, in]}, to share it with another layer. */
  public Tensor weight() {
    if (weight == null) {
      throw new IllegalArgumentException(
          "Dense(" + outFeatures + ") has no weight before it is applied; give its in-features");
    }
    return weight;
  }

  private Tensor build(int in) {
    if (in < 1) {
      throw new IllegalArgumentException(
          "Dense expects at least 1 in-feature, but " + in + " came");
    }
    inFeatures = in;
    double bound = 1 / Math.sqrt(in);
    Tensor w = uniform(-bound, bound, outFeatures, in);
    weight = w;
    bias = hasBias ? uniform(-bound, bound, outFeatures) : null;
    return w;
  }
}
