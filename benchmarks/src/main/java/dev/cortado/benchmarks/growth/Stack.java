package dev.cortado.benchmarks.growth;

import static dev.cortado.Ops.relu;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Dense;
import java.util.ArrayList;
import java.util.List;

/** So many dense layers of 128 features, one after the other. */
@Layer
public class Stack {
  private final List<Dense> layers = new ArrayList<>();

  public Stack(int count) {
    for (int i = 0; i < count; i++) {
      layers.add(new Dense(128, 128));
    }
  }

  public Tensor apply(@Shape("N, 128") Tensor x) {
    Tensor h = x;
    for (Dense layer : layers) {
      h = relu(layer.apply(h));
    }
    return h;
  }
}
