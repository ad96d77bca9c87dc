import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Iterated {
  static double logistic(float v) {
    return 3.7 * v * (1 - v);
  }

  Tensor forward(@Shape("N, 4") Tensor x) {
    for (int i = 0; i < 16; i++) {
      x = map(Iterated::logistic, x);
    }
    return x;
  }
}
