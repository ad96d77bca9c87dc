import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  @Param final Tensor bias = zeros(32, 1, 1);

  Tensor forward(@Shape("N, 32, 14, 14") Tensor image) {
    return add(image, bias);
  }
}
