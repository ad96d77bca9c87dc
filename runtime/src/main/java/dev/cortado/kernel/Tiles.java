package dev.cortado.kernel;

/**
 * The micro kernels under every matrix product and convolution, and the choice among them. Each
 * element of the result is one chain of fused multiply-adds in the order of {@code p}, whatever
 * tile it falls into; this is why results do not depend on how work is cut.
 */
final class Tiles {
  /** Columns of the widest panel. */
  static final int PANEL = 2 * Lanes.COUNT;

  /** Columns of a panel for few rows. */
  static final int BROAD = 4 * Lanes.COUNT;

  /** Rows of the highest tile: its accumulators, two vectors of B and a broadcast are registers. */
  static final int HIGHEST = Lanes.REGISTERS >= 32 ? 12 : 6;

  // The height of the next tile by the number of rows that remain, so that few are done twice.
  private static final int[] HEIGHTS = {
    0, 1, 2, 4, 4, 6, 6, 8, 8, 6, 6, 12, 12, 8, 8, 8, 8, 12, 12, 12, 12, 12, 12, 12
  };
  private static final int[] LOW_HEIGHTS = {0, 1, 2, 4, 4, 6, 6, 4, 4, 6, 6, 6};

  private Tiles() {}

  /** Rows of the next tile when {@code rest} rows remain. */
  private static int height(int rest) {
    int[] heights = HIGHEST == 12 ? HEIGHTS : LOW_HEIGHTS;
    return rest < heights.length ? heights[rest] : HIGHEST;
  }

  /**
   * Rows {@code [from, to)} of a panel of {@code columns} columns, at most {@link #PANEL}. Only
   * these are written.
   */
  static void panel(Operands o, int from, int to, int columns) {
    if (columns == Lanes.COUNT) {
      narrow(o, from, to);
    } else if (columns == PANEL) {
      wide(o, from, to);
    } else {
      partial(o, from, to, columns);
    }
  }

  private static void wide(Operands o, int from, int to) {
    for (int row = from; row < to; ) {
      int tile = height(to - row);
      int count = Math.min(tile, to - row);
      if (AdjacentTiles.has(o, row, count)) {
        AdjacentTiles.rows(o, row, count);
      } else {
        wide(o, tile, row, count);
      }
      row += count;
    }
  }

  private static void narrow(Operands o, int from, int to) {
    for (int row = from; row < to; ) {
      int tile = narrowHeight(o, to - row);
      int count = Math.min(tile, to - row);
      narrow(o, tile, row, count);
      row += count;
    }
  }

  private static void wide(Operands o, int tile, int row, int count) {
    switch (tile) {
      case 12 -> WideTiles.rows12(o, row, count);
      case 8 -> WideTiles.rows8(o, row, count);
      case 6 -> WideTiles.rows6(o, row, count);
      case 4 -> WideTiles.rows4(o, row, count);
      case 2 -> WideTiles.rows2(o, row, count);
      default -> WideTiles.rows1(o, row, count);
    }
  }

  private static int narrowHeight(Operands o, int rest) {
    int runs = RunTiles.height(o.run);
    return runs > 0 && runs <= rest ? runs : height(rest);
  }

  private static void narrow(Operands o, int tile, int row, int count) {
    if (count == RunTiles.height(o.run)) {
      RunTiles.rows(o, row);
      return;
    }
    switch (tile) {
      case 12 -> NarrowTiles.rows12(o, row, count);
      case 8 -> NarrowTiles.rows8(o, row, count);
      case 6 -> NarrowTiles.rows6(o, row, count);
      case 4 -> NarrowTiles.rows4(o, row, count);
      case 2 -> NarrowTiles.rows2(o, row, count);
      default -> NarrowTiles.rows1(o, row, count);
    }
  }

  /** Whether products of {@code rows} rows are best done in panels of {@link #BROAD} columns. */
  static boolean likesBroad(int rows) {
    return Lanes.REGISTERS >= 32 && rows <= 6;
  }

  /** Rows {@code [0, rows)} of a panel of exactly {@link #BROAD} columns. */
  static void broad(Operands o, int rows) {
    for (int row = 0; row < rows; ) {
      int rest = rows - row;
      int tile = rest >= 5 ? 6 : rest >= 3 ? 4 : rest;
      int count = Math.min(tile, rest);
      switch (tile) {
        case 6 -> BroadTiles.rows6(o, row, count);
        case 4 -> BroadTiles.rows4(o, row, count);
        case 2 -> BroadTiles.rows2(o, row, count);
        default -> BroadTiles.rows1(o, row, count);
      }
      row += count;
    }
  }

  /** A tile writes whole vectors; what must not be overwritten makes it take a detour. */
  private static void partial(Operands o, int from, int to, int columns) {
    float[] c = o.c;
    int cBase = o.cBase;
    int[] cRows = o.cRows;
    float[] start = o.start;
    int startBase = o.startBase;
    int[] startRows = o.startRows;
    boolean adds = o.adds;
    float[] detour = Scratch.local().tile();
    int[] rows = Steps.panels(to);
    boolean narrow = columns <= Lanes.COUNT;
    for (int row = from; row < to; ) {
      int tile = narrow ? narrowHeight(o, to - row) : height(to - row);
      int count = Math.min(tile, to - row);
      if (adds) {
        Packing.gather(c, cBase, cRows, row, count, columns, detour);
        o.start(detour, -row * PANEL, rows);
      }
      o.result(detour, -row * PANEL, rows);
      if (narrow) {
        narrow(o, tile, row, count);
      } else {
        wide(o, tile, row, count);
      }
      Packing.scatter(detour, count, columns, c, cBase, cRows, row);
      row += count;
    }
    o.result(c, cBase, cRows);
    if (adds) {
      o.startFromResult();
    } else {
      o.start(start, startBase, startRows);
    }
  }
}
