package dev.cortado.kernel;

import java.util.Arrays;

/** Squares of pixels, channels last, some of whose pixels may lie outside of their image. */
final class Squares {
  private Squares() {}

  /**
   * Copies a square; pixels outside of the image are zeros.
   *
   * @param at where the image begins
   * @param pixel distance of the image's pixels, not fewer than its channels
   * @param row row of the image that is the square's first, perhaps outside
   * @param size rows and columns of the square
   * @param lanes distance of the square's pixels
   */
  static void read(
      float[] x,
      int at,
      int height,
      int width,
      int pixel,
      int channels,
      int row,
      int column,
      int size,
      float[] square,
      int squareAt,
      int lanes) {
    int first = Math.clamp(-column, 0, size);
    int last = Math.clamp(width - column, first, size);
    for (int i = 0; i < size; i++) {
      int r = row + i;
      int to = squareAt + i * size * lanes;
      if (r < 0 || r >= height || first == last) {
        Arrays.fill(square, to, to + size * lanes, 0f);
        continue;
      }
      Arrays.fill(square, to, to + first * lanes, 0f);
      int from = at + (r * width + column + first) * pixel;
      if (lanes == pixel) {
        System.arraycopy(x, from, square, to + first * lanes, (last - first) * channels);
      } else {
        for (int j = first; j < last; j++) {
          System.arraycopy(x, from + (j - first) * pixel, square, to + j * lanes, channels);
        }
      }
      Arrays.fill(square, to + last * lanes, to + size * lanes, 0f);
    }
  }

  /**
   * Transforms the pixels of a square; those outside of the image are zeros.
   *
   * @param room room for 36 vectors and for a square
   */
  static void transform(
      float[] x,
      int at,
      int height,
      int width,
      int channels,
      int row,
      int column,
      float[] room,
      float[] v,
      int vAt,
      int step) {
    int lanes = Lanes.roundUp(channels);
    int size = Winograd.PIXELS;
    if (lies(row, column, size, height, width) && channels == lanes) {
      int corner = at + (row * width + column) * channels;
      WinogradTransforms.square(x, corner, width * channels, channels, lanes, room, v, vAt, step);
    } else {
      int square = Winograd.NUMBERS * Lanes.COUNT;
      read(x, at, height, width, channels, channels, row, column, size, room, square, lanes);
      WinogradTransforms.square(room, square, size * lanes, lanes, lanes, room, v, vAt, step);
    }
  }

  /** Whether a square lies inside of the image. */
  static boolean lies(int row, int column, int size, int height, int width) {
    return row >= 0 && column >= 0 && row + size <= height && column + size <= width;
  }

  /**
   * Copies some rows and columns of a square of the result.
   *
   * @param lanes distance of the square's pixels
   * @param row distance of the rows of {@code y}
   * @param pixel distance of its pixels
   */
  static void write(
      float[] square,
      int lanes,
      int rows,
      int columns,
      int channels,
      float[] y,
      int yAt,
      int row,
      int pixel) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int from = (i * Winograd.RESULT + j) * lanes;
        System.arraycopy(square, from, y, yAt + i * row + j * pixel, channels);
      }
    }
  }
}
