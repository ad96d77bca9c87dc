import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  @Param final Tensor scale = ones(28);

  Tensor forward(@Shape("N, 1, 28, 28") Tensor image) {
    return mul(image, scale);
  }
}
