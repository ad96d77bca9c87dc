package dev.cortado.kernel;

/**
 * One thread's part of a matrix product by register tiles: {@code [rows, k] x [k, columns]}.
 *
 * <p>Rows of the left matrix go into broadcasts, so it is read in place in either orientation
 * unless that would be hard on the cache or there are many panels for it: packed, it stands with
 * rows side by side, which suits {@link AdjacentTiles}. The right one has its columns in the lanes:
 * it is read in place, copied into panels as wide as a tile, or, stored the other way round,
 * transposed into panels. The result is written as it is, or transposed when the operands have
 * changed places. The object belongs to a thread and is filled anew for each product.
 */
final class PanelProduct {
  private static final int PANEL = Tiles.PANEL;

  /** Steps of a sum at once; a panel of so many rows streams from the second-level cache. */
  static final int MOST_STEPS = 1536;

  /** Floats of a block of the left matrix, which stays in the second-level cache. */
  static final int LEFT_FLOATS = 96 * 1024;

  /** Floats of the panels packed for one after the other block of rows. */
  private static final int RIGHT_FLOATS = 256 * 1024;

  /** From so many rows on, copying a panel costs little beside what it is used for. */
  private static final int ROWS_WORTH_A_COPY = 96;

  /** A distance of rows that is a multiple of this many floats puts them into a few cache sets. */
  private static final int CONFLICT = 256;

  /** Rows of the packed left matrix that stand side by side, whole vectors and whole tiles. */
  private static final int GROUP = 4 * Tiles.HIGHEST;

  /** From so many panels on, transposing the left matrix costs less than its tiles are faster. */
  private static final int PANELS_WORTH_TRANSPOSING = 8;

  private static final int[] NONE = {};

  private final Scratch scratch;
  private final Operands o;

  // The left matrix: element (r, p) at leftAt + r * leftStep + p, or + r + p * leftStep.
  private float[] left = {};
  private int leftAt;
  private int leftStep;
  private boolean leftTransposed;

  // The right matrix: element (p, j) at rightAt + p * rightStep + j, or + p + j * rightStep.
  private float[] right = {};
  private int rightAt;
  private int rightStep;
  private boolean rightTransposed;

  private int k;
  private float[] c = {};
  private int cAt;
  private int cStep;
  private boolean add;
  private boolean transposedResult;
  private float[] starts = {};
  private boolean biased;
  private float floor;

  // What one run works with.
  private boolean packsLeft;
  private boolean copiesRight;

  /** Floats of a group of rows of the packed left matrix. */
  private int leftBlock;

  private int[] leftRows = NONE;
  private int[] leftSteps = NONE;
  private int[] rightSteps = NONE;
  private int[] resultRows = NONE;
  private float[] panels = {};
  private int panelSlot;

  PanelProduct(Scratch scratch) {
    this.scratch = scratch;
    o = scratch.operands;
  }

  void left(float[] array, int at, int step, boolean transposed) {
    left = array;
    leftAt = at;
    leftStep = step;
    leftTransposed = transposed;
  }

  void right(float[] array, int at, int step, boolean transposed) {
    right = array;
    rightAt = at;
    rightStep = step;
    rightTransposed = transposed;
  }

  /**
   * Where the result goes.
   *
   * @param step distance of rows of C
   * @param transposed whether C is to hold the transpose of the product; then it is not added to
   */
  void result(float[] array, int at, int step, boolean adding, boolean transposed) {
    c = array;
    cAt = at;
    cStep = step;
    add = adding;
    transposedResult = transposed;
  }

  /**
   * What is added to each row of C, and below what it is cut off.
   *
   * @param bias zeros, a panel of them, unless {@code present}
   */
  void finish(float[] bias, boolean present, float smallest) {
    starts = bias;
    biased = present;
    floor = smallest;
  }

  void clear() {
    left = right = c = starts = panels = scratch.zeros();
    o.clear();
  }

  /** Rows {@code [i0, i1)} and columns {@code [j0, j1)} of a product with sums of {@code steps}. */
  void run(int i0, int i1, int j0, int j1, int steps) {
    k = steps;
    int rows = i1 - i0;
    int blockK = Math.ceilDiv(k, Math.ceilDiv(k, MOST_STEPS));
    boolean fits = (long) rows * blockK <= LEFT_FLOATS;
    int blockRows = fits ? rows : Math.max(1, LEFT_FLOATS / blockK / Tiles.HIGHEST) * Tiles.HIGHEST;
    int most = j1 - j0;
    int blockColumns =
        fits ? most : Math.min(most, Math.max(1, RIGHT_FLOATS / blockK / PANEL) * PANEL);
    panelSlot = fits ? 0 : blockK;
    arrange(Math.min(rows, blockRows), j1 - j0, blockK, fits ? PANEL : blockColumns);
    float[] to = transposedResult ? scratch.result(rows * Math.ceilDiv(most, PANEL) * PANEL) : c;
    for (int jb = j0; jb < j1; jb += blockColumns) {
      int je = Math.min(j1, jb + blockColumns);
      for (int p = 0; p < k; p += blockK) {
        int pn = Math.min(blockK, k - p);
        for (int ib = i0; ib < i1; ib += blockRows) {
          int count = Math.min(blockRows, i1 - ib);
          left(ib, count, p, pn);
          for (int j = jb; j < je; j += PANEL) {
            int columns = Math.min(PANEL, je - j);
            right(j, jb, columns, p, pn, ib == i0);
            int at = transposedResult ? (j - j0) * rows + (ib - i0) * PANEL : cAt + ib * cStep + j;
            result(to, at, j, count, columns, p, pn);
          }
        }
      }
    }
    if (transposedResult) {
      transpose(to, i0, rows, j0, j1);
    }
  }

  /** Decides what is packed, and lays out the tables of offsets. */
  private void arrange(int rows, int columns, int blockK, int blockColumns) {
    int panelCount = Math.ceilDiv(columns, PANEL);
    packsLeft =
        leftTransposed
            ? panelCount >= 2 && blockK >= 128
            : (panelCount >= PANELS_WORTH_TRANSPOSING && rows >= Lanes.COUNT)
                || (panelCount >= 3 && leftStep % (4 * CONFLICT) == 0 && rows > 1);
    if (packsLeft) {
      leftBlock = GROUP * blockK;
      leftRows = scratch.rows(rows);
      for (int r = 0; r < rows; r++) {
        leftRows[r] = r / GROUP * leftBlock + r % GROUP;
      }
      leftSteps = Steps.fill(scratch.leftSteps(blockK), blockK, GROUP);
    } else if (leftTransposed) {
      leftRows = Steps.ones(rows);
      leftSteps = Steps.fill(scratch.leftSteps(blockK), blockK, leftStep);
    } else {
      leftRows = Steps.fill(scratch.rows(rows), rows, leftStep);
      leftSteps = Steps.ones(blockK);
    }
    resultRows =
        transposedResult ? Steps.panels(rows) : Steps.fill(scratch.sumRows(rows), rows, cStep);
    copiesRight = rows >= ROWS_WORTH_A_COPY || (rightStep % CONFLICT == 0 && rows >= 24);
    rightSteps = NONE;
    if (!rightTransposed && !copiesRight) {
      rightSteps = Steps.fill(scratch.steps(blockK), blockK, rightStep);
    }
    panels = scratch.right(blockK * Math.ceilDiv(blockColumns, PANEL) * PANEL);
  }

  /** Points the tiles at rows of the left matrix. */
  private void left(int row, int count, int p, int pn) {
    int at = leftAt + (leftTransposed ? row + p * leftStep : row * leftStep + p);
    if (!packsLeft) {
      if (leftTransposed) {
        o.leftInRuns(left, at, leftRows, leftSteps, Integer.MAX_VALUE);
      } else {
        o.left(left, at, leftRows, leftSteps);
      }
      return;
    }
    float[] packed = scratch.left(Math.ceilDiv(count, GROUP) * leftBlock);
    for (int from = 0; from < count; from += GROUP) {
      int width = Math.min(GROUP, count - from);
      int to = from / GROUP * leftBlock;
      if (leftTransposed) {
        Packing.block(left, at + from, leftStep, pn, width, packed, to, GROUP);
      } else {
        Transpose.run(left, at + from * leftStep, leftStep, width, pn, packed, to, GROUP);
      }
    }
    o.leftInRuns(packed, 0, leftRows, leftSteps, GROUP);
  }

  /** Points the tiles at a panel of the right matrix, packing it when it is met first. */
  private void right(int j, int jb, int columns, int p, int pn, boolean first) {
    int width = Lanes.roundUp(columns);
    int slot = (j - jb) * panelSlot;
    if (rightTransposed) {
      if (first) {
        int from = rightAt + j * rightStep + p;
        if (columns < Lanes.COUNT) {
          Transpose.few(right, from, rightStep, columns, pn, panels, slot, width);
        } else {
          Transpose.run(right, from, rightStep, columns, pn, panels, slot, width);
        }
      }
    } else {
      int at = rightAt + p * rightStep + j;
      boolean readable = at + (pn - 1) * rightStep + width <= right.length;
      if (!copiesRight && readable) {
        o.right(right, at, rightSteps);
        return;
      }
      if (first) {
        Packing.rows(right, at, rightStep, pn, columns, panels, slot, width);
      }
    }
    o.right(panels, slot, Steps.packed(columns, pn));
  }

  private void result(float[] to, int at, int j, int count, int columns, int p, int pn) {
    o.first = 0;
    o.last = pn;
    boolean last = p + pn == k && !transposedResult;
    o.floor = last ? floor : Float.NEGATIVE_INFINITY;
    o.result(to, at, resultRows);
    if (p > 0 || add) {
      o.startFromResult();
    } else if (biased && !transposedResult) {
      o.start(starts, j, Steps.zeros(count));
    } else {
      o.start(scratch.zeros(), 0, Steps.zeros(count));
    }
    Tiles.panel(o, 0, count, transposedResult ? Lanes.roundUp(columns) : columns);
  }

  private void transpose(float[] from, int i0, int rows, int j0, int j1) {
    for (int j = j0; j < j1; j += PANEL) {
      int columns = Math.min(PANEL, j1 - j);
      int to = cAt + j * cStep + i0;
      Transpose.run(from, (j - j0) * rows, PANEL, rows, columns, c, to, cStep);
      if (biased || floor == 0) {
        for (int column = 0; column < columns; column++) {
          Packing.finish(c, to + column * cStep, rows, starts, biased ? i0 : -1, floor);
        }
      }
    }
  }
}
