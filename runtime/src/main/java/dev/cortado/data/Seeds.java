package dev.cortado.data;

/** Seeds for independent streams of random numbers, made from a seed and a number. */
public final class Seeds {
  private Seeds() {}

  /**
   * A seed for stream {@code stream} of {@code seed}; neighbouring arguments give unrelated
   * results. The finaliser is SplitMix64's (Steele, Lea and Flood, 2014).
   */
  public static long mix(long seed, long stream) {
    long z = seed + 0x9E3779B97F4A7C15L * (stream + 1);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
