import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, 1, 28, 28") Tensor image) {
    Tensor h = image;
    int steps = 0;
    while (true) {
      steps++;
      if (steps > 3) {
        break;
      }
    }
    return h;
  }
}
