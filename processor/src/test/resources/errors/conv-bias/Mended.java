import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  @Param final Tensor weight = normal(0, 0.1, 5, 3, 3, 3);
  @Param final Tensor bias = zeros(5);

  Tensor forward(@Shape("N, 3, 8, 8") Tensor image) {
    return conv2d(image, weight, bias);
  }
}
