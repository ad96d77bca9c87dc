import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;
import dev.cortado.nn.Dense;
import java.util.List;

@Model
class Digits {
  final List<Dense> layers = List.of(new Dense(64, 32), new Dense(32, 10));

  Tensor forward(@Shape("N, 64") Tensor image) {
    Tensor h = image;
    for (Dense layer : layers) {
      h = relu(layer.apply(h));
    }
    return h;
  }
}
