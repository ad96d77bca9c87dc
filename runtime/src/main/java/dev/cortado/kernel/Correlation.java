package dev.cortado.kernel;

import java.util.Arrays;

/**
 * The common part of a convolution and of its input gradient: weights {@code [m, taps]} times the
 * shifted planes of an image, a block of output rows at a time.
 */
final class Correlation {
  /**
   * Pixels computed together: their results stay in the cache until they are copied to their place.
   */
  private static final int BLOCK_PIXELS = 768;

  private Correlation() {}

  /**
   * Writes {@code m} planes of {@code height x width} results.
   *
   * @param weights row-major, row {@code i} at {@code weightsAt + rows[i]}
   * @param steps offset in {@code planes} of what each tap reads for pixel 0
   * @param pitch distance of rows in the planes
   * @param outRow distance of rows of the result
   * @param outColumn distance of columns of the result
   * @param outPlane distance of planes of the result
   */
  static void run(
      int m,
      int taps,
      int height,
      int width,
      float[] weights,
      int weightsAt,
      int[] rows,
      float[] planes,
      int planesAt,
      int[] steps,
      int pitch,
      float[] out,
      int outAt,
      int outRow,
      int outColumn,
      int outPlane) {
    if (taps == 0) {
      clear(m, height, width, out, outAt, outRow, outColumn, outPlane);
    } else if (pitch == width && outRow == width && outColumn == 1) {
      pixels(
          height * width,
          m,
          taps,
          weights,
          weightsAt,
          rows,
          planes,
          planesAt,
          steps,
          out,
          outAt,
          outPlane);
    } else {
      int block = Math.max(1, BLOCK_PIXELS / pitch);
      int row = Lanes.roundUp((Math.min(block, height) - 1) * pitch + width);
      float[] result = Scratch.local().result(m * row);
      for (int y = 0; y < height; y += block) {
        int count = Math.min(block, height - y);
        int number = (count - 1) * pitch + width;
        int at = planesAt + y * pitch;
        pixels(number, m, taps, weights, weightsAt, rows, planes, at, steps, result, 0, row);
        for (int i = 0; i < m; i++) {
          int to = outAt + i * outPlane + y * outRow;
          copy(result, i * row, pitch, count, width, out, to, outRow, outColumn);
        }
      }
    }
  }

  /** All rows of the result for a range of pixels, in panels of about the same width. */
  private static void pixels(
      int count,
      int m,
      int taps,
      float[] weights,
      int weightsAt,
      int[] rows,
      float[] planes,
      int planesAt,
      int[] steps,
      float[] out,
      int outAt,
      int outRow) {
    int vectors = Math.ceilDiv(count, Lanes.COUNT);
    int panels = Math.ceilDiv(vectors, Lanes.WIDEST);
    for (int panel = 0; panel < panels; panel++) {
      int from = vectors * panel / panels * Lanes.COUNT;
      int to = Math.min(count, vectors * (panel + 1) / panels * Lanes.COUNT);
      Tiles.panel(
          m,
          to - from,
          taps,
          weights,
          weightsAt,
          rows,
          planes,
          planesAt + from,
          steps,
          out,
          outAt + from,
          outRow,
          false);
    }
  }

  private static void copy(
      float[] from,
      int at,
      int pitch,
      int height,
      int width,
      float[] out,
      int outAt,
      int outRow,
      int outColumn) {
    if (outColumn == 1) {
      Packing.block(from, at, pitch, height, width, out, outAt, outRow);
      return;
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        out[outAt + y * outRow + x * outColumn] = from[at + y * pitch + x];
      }
    }
  }

  private static void clear(
      int m,
      int height,
      int width,
      float[] out,
      int outAt,
      int outRow,
      int outColumn,
      int outPlane) {
    for (int i = 0; i < m; i++) {
      for (int y = 0; y < height; y++) {
        int at = outAt + i * outPlane + y * outRow;
        if (outColumn == 1) {
          Arrays.fill(out, at, at + width, 0f);
        } else {
          for (int x = 0; x < width; x++) {
            out[at + x * outColumn] = 0;
          }
        }
      }
    }
  }
}
