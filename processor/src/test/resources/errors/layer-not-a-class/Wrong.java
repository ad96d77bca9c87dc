import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;

@Layer
interface Block {
  Tensor apply(Tensor x);
}

@Model
class Digits {
  final Block block = x -> relu(x);

  Tensor forward(@Shape("N, 64") Tensor image) {
    return block.apply(image);
  }
}
