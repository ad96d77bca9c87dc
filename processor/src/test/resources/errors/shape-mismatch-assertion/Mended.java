import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, 1, 28, 28") Tensor image) {
    @Shape("N, 1, 14, 14") Tensor h = maxPool2d(image, 2);
    return flatten(h);
  }
}
