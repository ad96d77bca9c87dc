import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  record Answer(Tensor logits, Tensor features) {}

  Tensor last;

  Answer forward(@Shape("N, 64") Tensor image) {
    return new Answer(relu(image), last);
  }
}
