package dev.cortado.kernel;

/**
 * The micro kernels under every matrix product and convolution: {@code C[r][j] = sum over p of
 * A[r][p] * B[p][j]} for a few rows {@code r} and a few vectors of columns {@code j}, held in
 * registers.
 *
 * <p>Row {@code r} of A starts at {@code aBase + rows[row + r]} and is contiguous in {@code p}; row
 * {@code p} of B starts at {@code bBase + steps[p]} and is contiguous in {@code j}. So a packed
 * panel, a matrix used in place and the shifted windows of an image are one case. A and B must be
 * readable over whole vectors. Each element of C is one chain of fused multiply-adds in the order
 * of {@code p}, whatever tile it falls into; this is why results do not depend on how work is cut.
 */
final class Tiles {
  private Tiles() {}

  /** Rows of the next tile, 6, 4 or 1, when {@code rest} rows remain. */
  static int rows(int rest) {
    if (rest == 1) {
      return 1;
    }
    return rest <= 4 || rest == 7 || rest == 8 ? 4 : 6;
  }

  /**
   * All rows against one panel of columns.
   *
   * @param m number of rows
   * @param k length of the sums
   * @param rows offset of each row of A, from index {@code row}
   * @param steps offset of each row of B
   * @param cRow distance of rows of C
   * @param columns width of the panel, at most {@link Lanes#WIDEST} vectors
   * @param add whether to add to C instead of overwriting it
   */
  static void panel(
      int m,
      int columns,
      int k,
      float[] a,
      int aBase,
      int[] rows,
      float[] b,
      int bBase,
      int[] steps,
      float[] c,
      int cBase,
      int cRow,
      boolean add) {
    int vectors = (columns + Lanes.COUNT - 1) / Lanes.COUNT;
    int width = vectors * Lanes.COUNT;
    // A tile overwrites whole vectors; what must not be overwritten so takes a detour.
    boolean direct = columns == width && !add;
    float[] into = direct ? c : Scratch.local().tile();
    int intoRow = direct ? cRow : width;
    for (int row = 0; row < m; ) {
      int tile = rows(m - row);
      int count = Math.min(tile, m - row);
      int at = cBase + row * cRow;
      int to = direct ? at : 0;
      switch (tile) {
        case 6 -> six(vectors, k, a, rows, row, count, aBase, b, bBase, steps, into, to, intoRow);
        case 4 -> four(vectors, k, a, rows, row, count, aBase, b, bBase, steps, into, to, intoRow);
        default -> one(vectors, k, a, rows, row, count, aBase, b, bBase, steps, into, to, intoRow);
      }
      if (!direct) {
        if (add) {
          Packing.addBlock(into, 0, width, count, columns, c, at, cRow);
        } else {
          Packing.block(into, 0, width, count, columns, c, at, cRow);
        }
      }
      row += count;
    }
  }

  private static void six(
      int vectors,
      int k,
      float[] a,
      int[] rows,
      int row,
      int count,
      int aBase,
      float[] b,
      int bBase,
      int[] steps,
      float[] c,
      int cBase,
      int cRow) {
    switch (vectors) {
      case 4 -> TilesSix.wide4(k, a, rows, row, count, aBase, b, bBase, steps, c, cBase, cRow);
      case 3 -> TilesSix.wide3(k, a, rows, row, count, aBase, b, bBase, steps, c, cBase, cRow);
      case 2 -> TilesSix.wide2(k, a, rows, row, count, aBase, b, bBase, steps, c, cBase, cRow);
      default -> TilesSix.wide1(k, a, rows, row, count, aBase, b, bBase, steps, c, cBase, cRow);
    }
  }

  private static void four(
      int vectors,
      int k,
      float[] a,
      int[] rows,
      int row,
      int count,
      int aBase,
      float[] b,
      int bBase,
      int[] steps,
      float[] c,
      int cBase,
      int cRow) {
    switch (vectors) {
      case 4 -> TilesFour.wide4(k, a, rows, row, count, aBase, b, bBase, steps, c, cBase, cRow);
      case 3 -> TilesFour.wide3(k, a, rows, row, count, aBase, b, bBase, steps, c, cBase, cRow);
      case 2 -> TilesFour.wide2(k, a, rows, row, count, aBase, b, bBase, steps, c, cBase, cRow);
      default -> TilesFour.wide1(k, a, rows, row, count, aBase, b, bBase, steps, c, cBase, cRow);
    }
  }

  private static void one(
      int vectors,
      int k,
      float[] a,
      int[] rows,
      int row,
      int count,
      int aBase,
      float[] b,
      int bBase,
      int[] steps,
      float[] c,
      int cBase,
      int cRow) {
    switch (vectors) {
      case 4 -> TilesOne.wide4(k, a, rows, row, count, aBase, b, bBase, steps, c, cBase, cRow);
      case 3 -> TilesOne.wide3(k, a, rows, row, count, aBase, b, bBase, steps, c, cBase, cRow);
      case 2 -> TilesOne.wide2(k, a, rows, row, count, aBase, b, bBase, steps, c, cBase, cRow);
      default -> TilesOne.wide1(k, a, rows, row, count, aBase, b, bBase, steps, c, cBase, cRow);
    }
  }
}
