package dev.cortado.kernel;

/**
 * What the register tiles of {@link Tiles} work on: rows {@code r} and a panel of columns {@code j}
 * of
 *
 * <pre>c[r][j] = max(floor, start[r][j] + sum over p in [first, last) of a[r][p] * b[p][j])</pre>
 *
 * <p>where
 *
 * <ul>
 *   <li>{@code a[r][p]} stands at {@code aBase + aRows[r] + aSteps[p]},
 *   <li>{@code b[p][j]} at {@code bBase + bSteps[p] + j},
 *   <li>{@code start[r][j]} at {@code startBase + startRows[r] + j},
 *   <li>{@code c[r][j]} at {@code cBase + cRows[r] + j}.
 * </ul>
 *
 * <p>So a packed panel, a matrix used in place, and the shifted windows of an image are one case,
 * and so are starting from zero, from a bias, and from what is already there. B and the start must
 * be readable over whole vectors, even those that only partly belong to the panel.
 *
 * <p>The object belongs to a thread and is filled anew for each product.
 */
final class Operands {
  private static final float[] NOTHING = {};
  private static final int[] NONE = {};

  int first;
  int last;
  float[] a = NOTHING;
  int aBase;
  int[] aRows = NONE;
  int[] aSteps = NONE;

  /** How many rows in turn, from the first on, have their {@code aRows} one apart; or 0. */
  int run;

  float[] b = NOTHING;
  int bBase;
  int[] bSteps = NONE;
  float[] start = NOTHING;
  int startBase;
  int[] startRows = NONE;

  /** Whether the start is what the result holds. */
  boolean adds;

  float floor;
  float[] c = NOTHING;
  int cBase;
  int[] cRows = NONE;

  void left(float[] array, int base, int[] rows, int[] steps) {
    a = array;
    aBase = base;
    aRows = rows;
    aSteps = steps;
    run = 0;
  }

  /** Rows that begin at {@code at}, {@code at + 1}, ..., {@code at + length - 1}, and so on. */
  void leftInRuns(float[] array, int base, int[] rows, int[] steps, int length) {
    left(array, base, rows, steps);
    run = length;
  }

  void right(float[] array, int base, int[] steps) {
    b = array;
    bBase = base;
    bSteps = steps;
  }

  void start(float[] array, int base, int[] rows) {
    adds = false;
    start = array;
    startBase = base;
    startRows = rows;
  }

  /** Starts from what is there: the result as it was set before. */
  void startFromResult() {
    adds = true;
    start = c;
    startBase = cBase;
    startRows = cRows;
  }

  void result(float[] array, int base, int[] rows) {
    c = array;
    cBase = base;
    cRows = rows;
  }

  /** Forgets the arrays, which may be large: the next product brings its own. */
  void clear() {
    a = b = start = c = NOTHING;
  }
}
