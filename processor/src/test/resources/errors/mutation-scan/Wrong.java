import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Capture {
  Tensor best;

  Tensor forward(@Shape("N, 5, 4") Tensor x) {
    best = select(x, 1, 0);
    return scan(
        (state, row) -> {
          best = maximum(best, row);
          return add(state, best);
        },
        best,
        x,
        1);
  }
}
