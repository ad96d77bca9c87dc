package dev.cortado.kernel;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Tables of offsets that do not depend on a shape but for their length: they are shared by all
 * threads and only ever grow.
 */
final class Steps {
  private static volatile int[] zeros = {};
  private static volatile int[] ones = {};
  private static volatile int[] vectors = {};
  private static volatile int[] panels = {};
  private static volatile int[] broad = {};

  private Steps() {}

  /** {@code 0, 0, …}, at least {@code count} of them. */
  static int[] zeros(int count) {
    int[] table = zeros;
    return table.length >= count ? table : (zeros = new int[roomFor(count)]);
  }

  /** {@code 0, 1, 2, …}. */
  static int[] ones(int count) {
    int[] table = ones;
    return table.length >= count ? table : (ones = table(count, i -> i));
  }

  /** Multiples of a vector's length. */
  static int[] vectors(int count) {
    int[] table = vectors;
    return table.length >= count ? table : (vectors = table(count, i -> i * Lanes.COUNT));
  }

  /** Multiples of a panel's width. */
  static int[] panels(int count) {
    int[] table = panels;
    return table.length >= count ? table : (panels = table(count, i -> i * Tiles.PANEL));
  }

  /** Multiples of the width of a panel for few rows. */
  static int[] broad(int count) {
    int[] table = broad;
    return table.length >= count ? table : (broad = table(count, i -> i * Tiles.BROAD));
  }

  /** Offsets of the rows of a packed panel of {@code columns} columns, whole vectors. */
  static int[] packed(int columns, int count) {
    return columns <= Lanes.COUNT ? vectors(count) : panels(count);
  }

  /** Offsets of the rows of a packed panel that is one, two or four vectors wide. */
  static int[] packedWidth(int width, int count) {
    return width == Tiles.BROAD
        ? broad(count)
        : width == Tiles.PANEL ? panels(count) : vectors(count);
  }

  /** Fills a table of any step. */
  static int[] fill(int[] into, int count, int step) {
    for (int i = 0; i < count; i++) {
      into[i] = i * step;
    }
    return into;
  }

  private static int[] table(int count, IntUnaryOperator value) {
    int[] made = new int[roomFor(count)];
    Arrays.setAll(made, value);
    return made;
  }

  private static int roomFor(int count) {
    return Math.max(1024, Integer.highestOneBit(Math.max(1, count)) * 2);
  }
}
