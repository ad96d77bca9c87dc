import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, 64") Tensor pixels) {
    return maxPool2d(pixels, 2);
  }
}
