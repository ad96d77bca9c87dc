import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  Tensor forward(@Shape("N, 1, 28, 28") Tensor image) {
    int half = image.size(3) / (image.size(1) - 1);
    return slice(image, 3, 0, half);
  }
}
