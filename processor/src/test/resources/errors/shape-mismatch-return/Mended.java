import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, 1, 28, 28") Tensor image) {
    return half(image);
  }

  @Shape("N, 1, 14, 14")
  Tensor half(Tensor x) {
    return maxPool2d(x, 2);
  }
}
