package dev.cortado.tornado;

/**
 * The matrices of one product kernel, at their largest.
 *
 * @param rows of each result
 * @param columns of each result
 * @param depth that is summed over
 * @param count how many products there are, or slices of them
 * @param high rows of a result that one work item computes
 * @param wide columns of a result that one work item computes
 */
public record Matrices(int rows, int columns, int depth, int count, int high, int wide) {
  /** Elements that may be laid out for a library: 1 GiB of them. */
  private static final double MOST_COPIED = 1 << 28;

  /** How many work groups compute them. */
  public int groups(Tile tile) {
    return Math.multiplyExact(
        Math.multiplyExact(tiles(rows, tile.side() * high), tiles(columns, tile.side() * wide)),
        count);
  }

  private static int tiles(int size, int tile) {
    return (size + tile - 1) / tile;
  }

  /**
   * Whether a library is worth laying the operands out for: many multiplications for each element
   * that is copied.
   */
  public boolean suitLibrary() {
    double copied =
        (double) count
            * ((double) rows * depth + (double) columns * depth + (double) rows * columns);
    return copied <= MOST_COPIED && work() >= 16 * copied;
  }

  /** Multiplications. */
  double work() {
    return (double) rows * columns * depth * count;
  }

  /** What matrices of about the same size have in common: sizes rounded up to powers of two. */
  String shapeClass() {
    return "%dx%dx%dx%d-%dx%d"
        .formatted(rounded(rows), rounded(columns), rounded(depth), rounded(count), high, wide);
  }

  private static int rounded(int size) {
    return size <= 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
  }
}
