import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Capture {
  Tensor forward(@Shape("N, 5, 4") Tensor x) {
    Tensor last =
        scan((state, row) -> tanh(add(state, row)), zeros(x.size(0), 4), x, 1);
    return mul(last, x.size(1));
  }
}
