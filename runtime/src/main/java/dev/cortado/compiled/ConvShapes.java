package dev.cortado.compiled;

import dev.cortado.kernel.ConvShape;
import dev.cortado.kernel.Layout;
import dev.cortado.kernel.PoolShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Geometries of convolutions and pooling over a symbolic size: made anew only when that size
 * changes.
 */
public final class ConvShapes {
  private final List<@Nullable Record> last = new ArrayList<>();

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
    return of(
        slot,
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
        groups,
        Layout.CHANNELS_FIRST,
        Layout.CHANNELS_FIRST);
  }

  /** The same, of images in other layouts. */
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
      int groups,
      Layout input,
      Layout output) {
    if (last(slot) instanceof ConvShape known
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
            groups,
            input,
            output);
    last.set(slot, made);
    return made;
  }

  /** The geometry that pooling number {@code slot} of a program has now. */
  public PoolShape ofPool(
      int slot,
      int channels,
      int height,
      int width,
      int outHeight,
      int outWidth,
      int kernelH,
      int kernelW,
      int strideH,
      int strideW,
      int padTop,
      int padLeft,
      Layout layout) {
    if (last(slot) instanceof PoolShape known
        && known.height() == height
        && known.width() == width
        && known.channels() == channels) {
      return known;
    }
    PoolShape made =
        new PoolShape(
            channels, height, width, outHeight, outWidth, kernelH, kernelW, strideH, strideW,
            padTop, padLeft, layout);
    last.set(slot, made);
    return made;
  }

  private @Nullable Record last(int slot) {
    while (last.size() <= slot) {
      last.add(null);
    }
    return last.get(slot);
  }
}
