import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;
import java.util.*;

@Model
class Capture {
  Tensor forward(@Shape("N, 5, 4") Tensor x) {
    List<Tensor> seen = new ArrayList<>();
    Tensor last =
        scan(
            (state, row) -> {
              seen.add(row);
              return tanh(add(state, row));
            },
            zeros(x.size(0), 4),
            x,
            1);
    return mul(last, seen.size());
  }
}
