import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;
import dev.cortado.nn.Dense;

@Layer
class Block {
  final Dense dense = new Dense(64, 10);

  Tensor apply(Tensor x) {
    return relu(dense.apply(x));
  }
}

@Model
class Digits {
  final Block block = new Block();

  Tensor forward(@Shape("N, 64") Tensor image) {
    return block.apply(image);
  }
}
