import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  @Param final Tensor weight = normal(0, 0.1, 4, 1, 3, 3);

  Tensor forward(@Shape("N, 3, 8, 8") Tensor image) {
    return conv2d(image, weight, null, 1, 0, 1, 2);
  }
}
