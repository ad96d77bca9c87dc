import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

record Answer(Tensor logits, Tensor features) {}

@Model
class Digits {
  Answer forward(@Shape("N, 64") Tensor image) {
    return new Answer(relu(image), image);
  }
}
