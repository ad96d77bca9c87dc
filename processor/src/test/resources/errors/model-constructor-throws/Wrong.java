import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Digits() throws java.io.IOException {}

  Tensor forward(@Shape("N, 64") Tensor image) {
    return relu(image);
  }
}
