import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Counted {
  Tensor forward(@Shape("N, 4") Tensor x) {
    return div(x, max(x, keepDims(1)));
  }
}
