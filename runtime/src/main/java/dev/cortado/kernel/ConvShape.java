package dev.cortado.kernel;

/**
 * The geometry of a two-dimensional convolution of one image {@code [inChannels, height, width]}
 * with weights {@code [outChannels, inChannels / groups, kernelH, kernelW]} to {@code [outChannels,
 * outHeight, outWidth]}. Padding below and to the right is what {@code outHeight} and {@code
 * outWidth} imply; a one-dimensional convolution has height 1.
 *
 * @param input how images and their gradients lie: channels first as above, or {@code [height,
 *     width, inChannels]}
 * @param output the same for the output and its gradient; the weights' layout is always the same
 */
public record ConvShape(
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
  public ConvShape {
    if (groups <= 0 || inChannels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "groups must divide the channels: groups = %d, in = %d, out = %d"
              .formatted(groups, inChannels, outChannels));
    }
    if (kernelH <= 0 || kernelW <= 0 || strideH <= 0 || strideW <= 0) {
      throw new IllegalArgumentException(
          "kernel and stride must be positive: kernel %dx%d, stride %dx%d"
              .formatted(kernelH, kernelW, strideH, strideW));
    }
    if (dilationH <= 0 || dilationW <= 0) {
      throw new IllegalArgumentException(
          "dilation must be positive: %dx%d".formatted(dilationH, dilationW));
    }
  }

  /** A geometry whose images and outputs have their channels first. */
  public ConvShape(
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
    this(
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

  /** The same geometry in other layouts. */
  public ConvShape in(Layout newInput, Layout newOutput) {
    return new ConvShape(
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
        newInput,
        newOutput);
  }

  /** Floats of one input image. */
  public int inputSize() {
    return inChannels * height * width;
  }

  /** Floats of one output image. */
  public int outputSize() {
    return outChannels * outHeight * outWidth;
  }

  /** Floats of the weights. */
  public int weightSize() {
    return outChannels * groupInChannels() * kernelH * kernelW;
  }

  /** Whether both images have their channels first. */
  boolean channelsFirst() {
    return input == Layout.CHANNELS_FIRST && output == Layout.CHANNELS_FIRST;
  }

  /** Input channels that one output channel reads. */
  int groupInChannels() {
    return inChannels / groups;
  }

  /** Output channels of one group. */
  int groupOutChannels() {
    return outChannels / groups;
  }

  /** Products summed into one output element. */
  int taps() {
    return groupInChannels() * kernelH * kernelW;
  }
}
