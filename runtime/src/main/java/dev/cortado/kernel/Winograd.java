package dev.cortado.kernel;

/**
 * What the three directions of a convolution of three by three weights share that is computed by
 * Winograd's F(4×4, 3×3): a square of four by four pixels of the result takes 36 products of
 * transformed pixels and weights instead of 144. Channels lie last.
 *
 * <p>For each of the 36 numbers of a square there is a matrix product over channels, of as many
 * rows as squares are transformed together.
 */
final class Winograd {
  /** Rows and columns of a square of the result. */
  static final int RESULT = 4;

  /** Rows and columns of the pixels that a square of the result needs. */
  static final int PIXELS = 6;

  /** Numbers of a transformed square. */
  static final int NUMBERS = PIXELS * PIXELS;

  /** Fewer channels on either side do not repay the transforms. */
  private static final int FEWEST_CHANNELS = 12;

  /** Floats of the transformed pixels of the squares that are worked on together. */
  private static final int BLOCK_FLOATS = 42_000;

  private static final int MOST_SQUARES = 48;

  /** Floats of the transformed weights, beyond which they would not stay in any cache. */
  private static final int MOST_WEIGHTS = 1 << 21;

  private Winograd() {}

  /** Whether this way is faster than the direct one. */
  static boolean pays(ConvShape s) {
    return s.kernelH() == 3
        && s.kernelW() == 3
        && s.strideH() == 1
        && s.strideW() == 1
        && s.dilationH() == 1
        && s.dilationW() == 1
        && s.groups() == 1
        && s.input() == Layout.CHANNELS_LAST
        && s.output() == Layout.CHANNELS_LAST
        && s.inChannels() >= FEWEST_CHANNELS
        && s.outChannels() >= FEWEST_CHANNELS
        && (long) NUMBERS * s.inChannels() * s.outChannels() <= MOST_WEIGHTS
        && saves(s.outHeight(), s.outWidth());
  }

  /** Whether the same holds for {@link Convolution#forwardPooled}. */
  static boolean pools(ConvShape s) {
    return pays(s) && s.outChannels() % Lanes.COUNT == 0;
  }

  /** Whether squares fit the result well enough: at least half of the products are saved. */
  private static boolean saves(int height, int width) {
    return 2L * NUMBERS * squares(height) * squares(width) <= 9L * height * width;
  }

  /** Squares that {@code size} rows or columns of a result take. */
  static int squares(int size) {
    return Math.ceilDiv(size, RESULT);
  }

  /** Squares that are transformed together. */
  static int block(int channels) {
    int fitting = BLOCK_FLOATS / (NUMBERS * Lanes.roundUp(channels)) / 12 * 12;
    return Math.clamp(fitting, 12, MOST_SQUARES);
  }

  /**
   * The distance of the numbers of a square among {@code rows} rows of {@code width}; not a power
   * of two, or they would all want the same lines of the first-level cache.
   */
  static int step(int rows, int width) {
    return rows * width + Lanes.COUNT;
  }
}
