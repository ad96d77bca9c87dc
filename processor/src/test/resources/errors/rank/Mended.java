import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, 64") Tensor pixels) {
    return maxPool2d(reshape(pixels, pixels.size(0), 1, 8, 8), 2);
  }
}
