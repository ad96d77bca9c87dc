import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Model
record Digits(int classes) {
  Tensor forward(@Shape("N, 64") Tensor image) {
    return relu(image);
  }
}
