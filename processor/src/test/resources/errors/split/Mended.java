import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, 1, 28, 28") Tensor image) {
    var halves = split(image, 2, 14, 14);
    return add(halves.get(0), halves.get(1));
  }
}
