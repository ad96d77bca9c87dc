package dev.cortado.compiled;

import dev.cortado.kernel.ConvShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Geometries of convolutions over a symbolic size: made anew only when that size changes. */
public final class ConvShapes {
  private final List<@Nullable ConvShape> last = new ArrayList<>();

  /** The geometry that convolution number {@code slot} of a program has now. */
  public ConvShape of(
      int slot,
      int inChannels,
      int height,
      int width,
      int outChannels,
      int outHeight,
      int outWidth,
      int kernelH,
      int kernelW,
      int strideH,
      int strideW,
      int padTop,
      int padLeft,
      int dilationH,
      int dilationW,
      int groups) {
    while (last.size() <= slot) {
      last.add(null);
    }
    ConvShape known = last.get(slot);
    if (known != null
        && known.height() == height
        && known.width() == width
        && known.inChannels() == inChannels
        && known.outChannels() == outChannels) {
      return known;
    }
    ConvShape made =
        new ConvShape(
            inChannels,
            height,
            width,
            outChannels,
            outHeight,
            outWidth,
            kernelH,
            kernelW,
            strideH,
            strideW,
            padTop,
            padLeft,
            dilationH,
            dilationW,
            groups);
    last.set(slot, made);
    return made;
  }
}
