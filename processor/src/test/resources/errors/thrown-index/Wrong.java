import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;
import dev.cortado.nn.Dense;

@Model
class Digits {
  final Dense[] layers = {new Dense(64, 32), new Dense(32, 10)};

  Tensor forward(@Shape("N, 64") Tensor image) {
    Tensor h = image;
    for (int i = 0; i <= layers.length; i++) {
      h = relu(layers[i].apply(h));
    }
    return h;
  }
}
