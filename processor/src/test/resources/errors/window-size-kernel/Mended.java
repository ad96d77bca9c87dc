import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;
import dev.cortado.nn.Conv2d;

@Model
class Digits {
  final Conv2d conv1 = new Conv2d(1, 8, 31).padding(2);

  Tensor forward(@Shape("N, 1, 28, 28") Tensor image) {
    return relu(conv1.apply(image));
  }
}
