import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, 3, 8, 8") Tensor image) {
    return maxPool2d(image, 2, 2);
  }
}
