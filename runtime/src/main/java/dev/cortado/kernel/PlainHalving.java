package dev.cortado.kernel;

import java.util.Arrays;

/**
 * {@link Halving} of a pair of rows in plain loops. Which of a window's elements wins is as good as
 * random, so nothing here branches on it: HotSpot moves integers on a condition, but branches for
 * floats.
 */
final class PlainHalving {
  /** From so many channels on, loops over them are worth the copies that make them vectors. */
  private static final int MANY_CHANNELS = 8;

  private PlainHalving() {}

  /**
   * The largest of each window of two rows.
   *
   * @param row distance of the two rows
   */
  static void largest(float[] x, int xAt, int windows, int row, int channels, float[] y, int yAt) {
    if (channels < MANY_CHANNELS) {
      for (int window = 0; window < windows; window++) {
        few(x, xAt + 2 * window * channels, row, channels, y, yAt + window * channels);
      }
      return;
    }
    int length = windows * channels;
    PlainRows scratch = PlainRows.local();
    float[] best = scratch.left(length);
    float[] seen = scratch.right(1, length)[0];
    every(x, xAt, windows, channels, best);
    for (int i = 1; i < 4; i++) {
      every(x, xAt + i % 2 * channels + i / 2 * row, windows, channels, seen);
      PlainRows.larger(length, best, seen);
    }
    System.arraycopy(best, 0, y, yAt, length);
  }

  private static void few(float[] x, int xAt, int row, int channels, float[] y, int yAt) {
    for (int c = 0; c < channels; c++) {
      int at = xAt + c;
      float above = Math.max(x[at], x[at + channels]);
      y[yAt + c] = Math.max(above, Math.max(x[at + row], x[at + row + channels]));
    }
  }

  /** Every other pixel, side by side. */
  private static void every(float[] x, int at, int windows, int channels, float[] to) {
    for (int window = 0; window < windows; window++) {
      System.arraycopy(x, at + 2 * window * channels, to, window * channels, channels);
    }
  }

  /** The largest of each window of two rows and who it is. */
  static void winners(
      float[] x,
      int xAt,
      int windows,
      int row,
      int channels,
      float cutOff,
      float[] y,
      int yAt,
      float[] winners,
      int winnersAt) {
    for (int window = 0; window < windows; window++) {
      int from = xAt + 2 * window * channels;
      int to = window * channels;
      window(x, from, row, channels, cutOff, y, yAt + to, winners, winnersAt + to);
    }
  }

  private static void window(
      float[] x,
      int xAt,
      int row,
      int channels,
      float cutOff,
      float[] y,
      int yAt,
      float[] winners,
      int winnersAt) {
    for (int c = 0; c < channels; c++) {
      int at = xAt + c;
      float x0 = x[at];
      float x1 = x[at + channels];
      float x2 = x[at + row];
      float x3 = x[at + row + channels];
      int upper = x1 > x0 ? 1 : 0;
      int lower = x3 > x2 ? 3 : 2;
      float above = Math.max(x0, x1);
      float below = Math.max(x2, x3);
      int winner = below > above ? lower : upper;
      float most = Math.max(above, below);
      y[yAt + c] = most;
      winners[winnersAt + c] = most <= cutOff ? (int) Halving.NOBODY : winner;
    }
  }

  /** The gradient of two rows from that of their windows. */
  static void spread(
      float[] winners,
      int winnersAt,
      float[] gy,
      int gyAt,
      int windows,
      int row,
      int channels,
      float[] gx,
      int gxAt) {
    Arrays.fill(gx, gxAt, gxAt + 2 * windows * channels, 0f);
    Arrays.fill(gx, gxAt + row, gxAt + row + 2 * windows * channels, 0f);
    for (int window = 0; window < windows; window++) {
      int from = window * channels;
      int to = gxAt + 2 * from;
      give(winners, winnersAt + from, gy, gyAt + from, row, channels, gx, to);
    }
  }

  private static void give(
      float[] winners,
      int winnersAt,
      float[] gy,
      int gyAt,
      int row,
      int channels,
      float[] gx,
      int gxAt) {
    for (int c = 0; c < channels; c++) {
      int winner = (int) winners[winnersAt + c];
      // Nobody's gradient is a zero for the first.
      int gradient = Float.floatToRawIntBits(gy[gyAt + c]);
      gradient = winner == (int) Halving.NOBODY ? 0 : gradient;
      int place = (winner & 1) * channels + (winner >> 1 & 1) * row;
      gx[gxAt + c + place] = Float.intBitsToFloat(gradient);
    }
  }
}
