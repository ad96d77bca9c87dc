import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, 1, 28, 28") Tensor image) {
    return map(v -> Math.floor(v), image);
  }
}
