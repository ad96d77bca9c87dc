import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Capture {
  record State(Tensor sum, Tensor best) {}

  Tensor forward(@Shape("N, 5, 4") Tensor x) {
    Tensor first = select(x, 1, 0);
    return scan(
            (state, row) -> {
              Tensor best = maximum(state.best(), row);
              return new State(add(state.sum(), best), best);
            },
            new State(first, first),
            x,
            1)
        .sum();
  }
}
