package dev.cortado.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The common part of a convolution and of its input gradient with pixels in the lanes of the
 * vectors: weights {@code [m, taps]} times the shifted planes of an image, a block of output rows
 * at a time. The object belongs to a thread.
 */
final class Correlation {
  /**
   * Pixels computed together: their results stay in the cache until they are copied to their place.
   */
  private static final int BLOCK_PIXELS = 768;

  private static final float[] NOTHING = {};

  private final Operands o;
  private int[] resultRows = {};

  /** Rows of weights, which is planes of the result. */
  int m;

  /** Distance of rows in the planes read. */
  int pitch;

  // Where the result stands: distances of its planes, rows and columns.
  private float[] out = NOTHING;
  private int outPlane;
  private int outRow;
  private int outColumn;

  Correlation(Operands operands) {
    o = operands;
  }

  void result(float[] array, int plane, int row, int column) {
    out = array;
    outPlane = plane;
    outRow = row;
    outColumn = column;
  }

  void clear() {
    out = NOTHING;
    o.clear();
  }

  /**
   * Writes {@code m} planes of {@code height x width} results at {@code outAt}. Weights, steps and
   * start stand in the operands.
   */
  void run(int height, int width, float[] planes, int planesAt, int outAt) {
    int[] steps = o.bSteps;
    if (pitch == width && outRow == width && outColumn == 1) {
      pixels(height * width, planes, planesAt, steps, out, outAt, outPlane);
      return;
    }
    int block = Math.max(1, BLOCK_PIXELS / pitch);
    int row = Lanes.roundUp((Math.min(block, height) - 1) * pitch + width);
    float[] result = Scratch.local().result(m * row);
    for (int y = 0; y < height; y += block) {
      int count = Math.min(block, height - y);
      int number = (count - 1) * pitch + width;
      pixels(Lanes.roundUp(number), planes, planesAt + y * pitch, steps, result, 0, row);
      for (int i = 0; i < m; i++) {
        copy(result, i * row, count, width, outAt + i * outPlane + y * outRow);
      }
    }
  }

  /**
   * Writes the largest of each two by two of {@code m} planes of {@code height x width} results at
   * {@code outAt}, and who it is.
   *
   * @param winners at the same places as in the result, but for a distance; or null
   */
  void runPooled(
      int height,
      int width,
      float[] planes,
      int planesAt,
      int outAt,
      float cutOff,
      float @Nullable [] winners,
      int winnersAt) {
    int block = Math.max(2, BLOCK_PIXELS / pitch / 2 * 2);
    int row = Lanes.roundUp((Math.min(block, height) - 1) * pitch + width);
    float[] result = Scratch.local().result(m * row);
    for (int y = 0; y < height - 1; y += block) {
      int count = Math.min(block, height - y) / 2;
      int number = (2 * count - 1) * pitch + width;
      pixels(Lanes.roundUp(number), planes, planesAt + y * pitch, o.bSteps, result, 0, row);
      for (int i = 0; i < m; i++) {
        for (int pair = 0; pair < count; pair++) {
          int from = i * row + 2 * pair * pitch;
          int to = i * outPlane + (y / 2 + pair) * outRow;
          PlaneHalving.halve(
              result, from, width / 2, pitch, cutOff, out, outAt + to, winners, winnersAt + to);
        }
      }
    }
  }

  /** All planes of the result for a range of pixels, a panel at a time. */
  private void pixels(
      int count, float[] planes, int planesAt, int[] steps, float[] to, int toAt, int toRow) {
    if (resultRows.length < m) {
      resultRows = new int[m];
    }
    Steps.fill(resultRows, m, toRow);
    int pixel = 0;
    if (Tiles.likesBroad(m)) {
      for (; pixel <= count - Tiles.BROAD; pixel += Tiles.BROAD) {
        o.right(planes, planesAt + pixel, steps);
        o.result(to, toAt + pixel, resultRows);
        Tiles.broad(o, m);
      }
    }
    for (; pixel < count; pixel += Tiles.PANEL) {
      o.right(planes, planesAt + pixel, steps);
      o.result(to, toAt + pixel, resultRows);
      Tiles.panel(o, 0, m, Math.min(Tiles.PANEL, count - pixel));
    }
  }

  private void copy(float[] from, int at, int height, int width, int outAt) {
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
}
