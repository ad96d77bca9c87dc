package dev.cortado.kernel;

import java.util.Arrays;

/**
 * Max-pooling by windows of two by two side by side, of an image {@code [height, width, channels]}
 * or a part of its rows, and the way back. A plane of an image with channels first is an image of
 * one channel.
 *
 * <p>A winner says which of a window's four elements, in row-major order, is the first largest: 0
 * to 3; or {@link #NOBODY}, where the largest is what an activation has cut off, so that no
 * gradient passes. It is a float, so that winners lie among tensors.
 */
final class Halving {
  /** Where no element of a window gets its gradient. */
  static final float NOBODY = 4;

  private Halving() {}

  /**
   * At most this is cut off: the gradient does not pass. NaN for an activation that cuts nothing.
   */
  static float cutOff(Activation activation) {
    return activation == Activation.RELU ? 0 : Float.NaN;
  }

  private static boolean inVectors(int channels) {
    return Kernels.VECTOR && channels % Lanes.COUNT == 0;
  }

  private static boolean inPlanes(int channels) {
    return Kernels.VECTOR && channels == 1;
  }

  /** The largest of each window of {@code 2 * rows} rows. */
  static void largest(float[] x, int xAt, int rows, int width, int channels, float[] y, int yAt) {
    int windows = width / 2;
    for (int row = 0; row < rows; row++) {
      int from = xAt + 2 * row * width * channels;
      int to = yAt + row * windows * channels;
      if (inVectors(channels)) {
        VectorHalving.largest(x, from, windows, width * channels, channels, y, to);
      } else if (inPlanes(channels)) {
        PlaneHalving.halve(x, from, windows, width, Float.NaN, y, to, null, 0);
      } else {
        PlainHalving.largest(x, from, windows, width * channels, channels, y, to);
      }
    }
  }

  /** The largest of each window and who it is. */
  static void winners(
      float[] x,
      int xAt,
      int rows,
      int width,
      int channels,
      float cutOff,
      float[] y,
      int yAt,
      float[] winners,
      int winnersAt) {
    int windows = width / 2;
    if (inPlanes(channels)) {
      for (int row = 0; row < rows; row++) {
        int to = row * windows;
        int from = xAt + 2 * row * width;
        PlaneHalving.halve(x, from, windows, width, cutOff, y, yAt + to, winners, winnersAt + to);
      }
      return;
    }
    for (int row = 0; row < rows; row++) {
      int from = xAt + 2 * row * width * channels;
      int to = row * windows * channels;
      if (inVectors(channels)) {
        VectorHalving.largest(x, from, windows, width * channels, channels, y, yAt + to);
        VectorHalving.winners(
            x, from, windows, width * channels, channels, cutOff, winners, winnersAt + to);
      } else {
        PlainHalving.winners(
            x,
            from,
            windows,
            width * channels,
            channels,
            cutOff,
            y,
            yAt + to,
            winners,
            winnersAt + to);
      }
    }
  }

  /**
   * The gradient of an image from that of its windows: each goes to the winner, all else is 0.
   *
   * @param height rows of the image; a last odd row or column belongs to no window
   */
  static void spread(
      float[] winners,
      int winnersAt,
      float[] gy,
      int gyAt,
      int height,
      int width,
      int channels,
      float[] gx,
      int gxAt) {
    int windows = width / 2;
    int row = width * channels;
    for (int r = 0; r < height / 2; r++) {
      int from = r * windows * channels;
      int to = gxAt + 2 * r * row;
      if (inVectors(channels)) {
        VectorHalving.spread(
            winners, winnersAt + from, gy, gyAt + from, windows, row, channels, gx, to);
      } else if (inPlanes(channels)) {
        PlaneHalving.spread(winners, winnersAt + from, gy, gyAt + from, windows, row, gx, to);
      } else {
        PlainHalving.spread(
            winners, winnersAt + from, gy, gyAt + from, windows, row, channels, gx, to);
      }
      if (width % 2 == 1) {
        Arrays.fill(gx, to + row - channels, to + row, 0f);
        Arrays.fill(gx, to + 2 * row - channels, to + 2 * row, 0f);
      }
    }
    if (height % 2 == 1) {
      int last = gxAt + (height - 1) * row;
      Arrays.fill(gx, last, last + row, 0f);
    }
  }
}
