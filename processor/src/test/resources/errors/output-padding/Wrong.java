import static dev.cortado.Ops.*;

import dev.cortado.*;
import dev.cortado.annotation.*;
import dev.cortado.nn.ConvTranspose2d;

@Model
class Upscale {
  final ConvTranspose2d up = new ConvTranspose2d(3, 3, 3).stride(2).outputPadding(2);

  Tensor forward(@Shape("N, 3, 8, 8") Tensor image) {
    return up.apply(image);
  }
}
