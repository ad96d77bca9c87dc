import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  static final int PIXELS = 64;

  Tensor forward(@Shape("N, PIXELS") Tensor image) {
    return relu(image);
  }
}
