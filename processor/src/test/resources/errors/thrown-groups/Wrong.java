import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;
import dev.cortado.nn.Conv2d;

@Model
class Digits {
  final Conv2d conv1 = new Conv2d(3, 8, 3).groups(2);

  Tensor forward(@Shape("N, 3, 32, 32") Tensor image) {
    return relu(conv1.apply(image));
  }
}
