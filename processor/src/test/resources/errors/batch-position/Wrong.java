import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, T") Tensor words, @Shape("T, N") Tensor mask) {
    return mul(words, transpose(mask, 0, 1));
  }
}
