import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, 8 * (4 + 4)") Tensor image) {
    return relu(image);
  }
}
