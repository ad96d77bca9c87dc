import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, 1, 28, 28") Tensor image) {
    Tensor h = image;
    for (int i = 0; i < h.size(0); i++) {
      h = mul(h, 0.5);
    }
    return h;
  }
}
