package dev.cortado.nn;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Layers one after the other. Their parameters are named by position, {@code seq.0.weight}. Any
 * function of one tensor will do: {@code new Sequential(new Dense(120), Ops::relu, new Dense(10))}.
 */
@Layer(elements = "layers")
public final class Sequential implements UnaryOperator<Tensor> {
  private final List<UnaryOperator<Tensor>> layers;

  @SafeVarargs
  @SuppressWarnings("varargs") // List.of copies the array and stores nothing in it
  public Sequential(UnaryOperator<Tensor>... layers) {
    this(List.of(layers));
  }

  public Sequential(List<? extends UnaryOperator<Tensor>> layers) {
    this.layers = List.copyOf(layers);
  }

  @Override
  public Tensor apply(Tensor x) {
    Tensor h = x;
    for (UnaryOperator<Tensor> layer : layers) {
      h = layer.apply(h);
    }
    return h;
  }
}
