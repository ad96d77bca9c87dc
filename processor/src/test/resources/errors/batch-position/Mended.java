import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, T") Tensor words, @Shape("N, T") Tensor mask) {
    return mul(words, mask);
  }
}
