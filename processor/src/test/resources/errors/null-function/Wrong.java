import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Activated {
  ScalarFunction activation;

  Tensor forward(@Shape("N, 64") Tensor image) {
    return map(activation, image);
  }
}
