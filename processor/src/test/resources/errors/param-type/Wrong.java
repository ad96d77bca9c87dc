import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  @Param final float scale = 1;

  Tensor forward(@Shape("N, 64") Tensor image) {
    return mul(image, scale);
  }
}
