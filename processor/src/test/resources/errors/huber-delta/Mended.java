import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, 4") Tensor x) {
    return tanh(x);
  }

  Tensor loss(Tensor out, @Shape("N, 4") Tensor wanted) {
    return huber(out, wanted, 0.5);
  }
}
