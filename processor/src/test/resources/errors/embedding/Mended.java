import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  @Param final Tensor table = normal(0, 1, 100, 8);

  Tensor forward(@Shape("N, T") IntTensor words) {
    return embedding(table, words);
  }
}
