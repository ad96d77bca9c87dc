import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, 8") Tensor left, @Shape("N, 9") Tensor right) {
    return stack(1, left, right);
  }
}
