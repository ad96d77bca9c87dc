import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  @Param Tensor scale;

  Tensor forward(@Shape("N, 1, 28, 28") Tensor image) {
    if (scale == null) {
      scale = ones(image.size(3));
    }
    return mul(image, scale);
  }
}
