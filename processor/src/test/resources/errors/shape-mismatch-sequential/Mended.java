import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;
import dev.cortado.nn.Dense;
import dev.cortado.nn.Relu;
import dev.cortado.nn.Sequential;

@Model
class Digits {
  final Sequential layers = new Sequential(new Dense(64, 32), new Relu(), new Dense(32, 10));

  Tensor forward(@Shape("N, 64") Tensor image) {
    return layers.apply(image);
  }
}
