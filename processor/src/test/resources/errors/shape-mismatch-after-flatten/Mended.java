import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;
import dev.cortado.nn.Conv2d;
import dev.cortado.nn.Dense;

@Model
class Digits {
  final Conv2d conv1 = new Conv2d(1, 32, 3);
  final Conv2d conv2 = new Conv2d(32, 64, 3);
  final Dense fc = new Dense(64 * 5 * 5, 10);

  Tensor forward(@Shape("N, 1, 28, 28") Tensor image) {
    Tensor h = maxPool2d(relu(conv1.apply(image)), 2);
    h = maxPool2d(relu(conv2.apply(h)), 2);
    return fc.apply(flatten(h));
  }
}
