import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Iterated {
  static double logistic(float v) {
    double x = v;
    for (int i = 0; i < 16; i++) {
      x = 3.7 * x * (1 - x);
    }
    return x;
  }

  Tensor forward(@Shape("N, 4") Tensor x) {
    return map(Iterated::logistic, x);
  }
}
