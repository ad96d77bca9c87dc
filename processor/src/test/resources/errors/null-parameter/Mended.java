import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Scaled {
  @Param Tensor scale = ones(64);

  Tensor forward(@Shape("N, 64") Tensor image) {
    return mul(image, scale);
  }
}
