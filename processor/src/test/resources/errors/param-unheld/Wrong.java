import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;
import dev.cortado.nn.Dense;

@Model
class Digits {
  Tensor forward(@Shape("N, 64") Tensor image) {
    Dense dense = new Dense(64, 10);
    return dense.apply(image);
  }
}
