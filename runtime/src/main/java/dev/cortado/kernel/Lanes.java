package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The width of this machine's vectors. Loaded only where the Vector API is present. */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats in a vector. */
  static final int COUNT = SPECIES.length();

  private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

  /** Vector registers: AVX-512 and NEON have 32, AVX2 has 16. */
  static final int REGISTERS = COUNT == 16 || ARM ? 32 : 16;

  private Lanes() {}

  /** Whether vectors beat plain loops: 128 bits without fused multiply-add, as in SSE, do not. */
  static boolean usable() {
    return COUNT >= 8 || (ARM && COUNT >= 4);
  }

  /** {@code n} rounded up to whole vectors. */
  static int roundUp(int n) {
    return (n + COUNT - 1) / COUNT * COUNT;
  }
}
