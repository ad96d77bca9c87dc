package dev.cortado.kernel;

/**
 * The geometry of pooling one image {@code [channels, height, width]} to {@code [channels,
 * outHeight, outWidth]}. Padding below and to the right is what {@code outHeight} and {@code
 * outWidth} imply; it belongs to no window.
 *
 * @param layout how the image and the result lie
 */
public record PoolShape(
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
  /** Floats of one image. */
  public int inputSize() {
    return channels * height * width;
  }

  /** Floats of one result. */
  public int outputSize() {
    return channels * outHeight * outWidth;
  }

  /** Distance of neighbours in a row. */
  int column() {
    return layout == Layout.CHANNELS_LAST ? channels : 1;
  }

  int row() {
    return width * column();
  }

  int outRow() {
    return outWidth * column();
  }

  /** Distance of the planes of two channels. */
  int plane() {
    return layout == Layout.CHANNELS_LAST ? 1 : height * width;
  }

  int outPlane() {
    return layout == Layout.CHANNELS_LAST ? 1 : outHeight * outWidth;
  }

  /** First row of the image in window {@code y}. */
  int top(int y) {
    return Math.max(0, y * strideH - padTop);
  }

  /** The row after the last in window {@code y}. */
  int bottom(int y) {
    return Math.min(height, y * strideH - padTop + kernelH);
  }

  int left(int x) {
    return Math.max(0, x * strideW - padLeft);
  }

  int right(int x) {
    return Math.min(width, x * strideW - padLeft + kernelW);
  }

  /** Windows of two by two side by side. */
  boolean isHalving() {
    return kernelH == 2
        && kernelW == 2
        && strideH == 2
        && strideW == 2
        && padTop == 0
        && padLeft == 0
        && 2 * outHeight <= height
        && 2 * outWidth <= width;
  }
}
