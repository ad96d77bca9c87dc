import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, 1, 28, 28") Tensor image) {
    Tensor h = maxPool2d(image, 8);
    return maxPool2d(h, 3);
  }
}
