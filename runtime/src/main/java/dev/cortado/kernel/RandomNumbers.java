package dev.cortado.kernel;

/**
 * Counter-based random numbers: a number is a function of where it is used, so that any thread, any
 * order and a GPU draw the same ones, and a backward pass draws a dropout mask again instead of
 * storing it.
 *
 * <p>The hash is a two-round mixer of Chris Wellons' "hash prospector" project (public domain),
 * with the constants 0x21f0aaad and 0xd35a2d97 (bias 0.107). Only 32-bit multiply, xor and shift
 * are used, and shifts are masked, since some GPU compilers turn {@code >>>} into a signed shift.
 */
public final class RandomNumbers {
  private static final float UNIT = 1f / (1 << 24);

  private RandomNumbers() {}

  /** The key of one use of random numbers: all draws of one operation in one step. */
  public static int key(long seed, long step, int stream) {
    return key((int) seed, (int) (seed >> 32), (int) step, (int) (step >> 32), stream);
  }

  /** The same key, from the low and the high 32 bits of seed and step. */
  public static int key(int seedLow, int seedHigh, int stepLow, int stepHigh, int stream) {
    int h = mix(seedLow ^ 0x9e3779b9);
    h = mix(h ^ seedHigh);
    h = mix(h ^ stepLow);
    h = mix(h ^ stepHigh);
    return mix(h ^ stream);
  }

  /** Draw number {@code index} under a key, uniform in {@code [0, 1)} with 24 random bits. */
  public static float uniform(int key, int index) {
    return ((mix(mix(index) ^ key) >> 8) & 0xFFFFFF) * UNIT;
  }

  /**
   * Draw number {@code index} of a stream in a step, uniform in {@code [0, 1)} with 24 random bits.
   */
  public static float uniform(long seed, long step, int stream, int index) {
    return uniform(key(seed, step, stream), index);
  }

  /** A bijection of 32-bit integers in which every output bit depends on every input bit. */
  public static int mix(int value) {
    int h = value;
    h ^= (h >> 16) & 0xFFFF;
    h *= 0x21f0aaad;
    h ^= (h >> 15) & 0x1FFFF;
    h *= 0xd35a2d97;
    h ^= (h >> 15) & 0x1FFFF;
    return h;
  }
}
