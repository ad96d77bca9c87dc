import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  private final int dim;

  Digits() {
    this.dim = 1;
  }

  Tensor forward(@Shape("N, 64") Tensor image) {
    return softmax(image, dim);
  }
}
