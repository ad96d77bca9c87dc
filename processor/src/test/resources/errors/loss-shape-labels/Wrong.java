import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
class Digits {
  @Param final Tensor weight = normal(0, 0.1, 64, 10);

  Tensor forward(@Shape("N, 64") Tensor image) {
    return matmul(image, weight);
  }

  Tensor loss(Tensor logits, @Shape("N, 10") Labels digit) {
    return softmaxCrossEntropy(logits, digit);
  }
}
