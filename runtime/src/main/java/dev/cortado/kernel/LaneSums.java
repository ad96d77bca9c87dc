package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over the lanes of vectors in one fixed order, a tree of halves. {@code reduceLanes} leaves
 * the order open, and compiled and interpreted code really do differ: a result would change once a
 * method is hot.
 */
final class LaneSums {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  // Lane i trades places with lane i ^ distance.
  private static final VectorShuffle<Float> HALF = swap(L / 2);
  private static final VectorShuffle<Float> QUARTER = swap(L / 4);
  private static final VectorShuffle<Float> EIGHTH = swap(L / 8);
  private static final VectorShuffle<Float> SIXTEENTH = swap(L / 16);
  private static final VectorMask<Float> ODD_HALF = odd(L / 2);
  private static final VectorMask<Float> ODD_QUARTER = odd(L / 4);

  private LaneSums() {}

  /** The sums of four vectors, in lanes 0, L/2, L/4 and L/2 + L/4 of the result. */
  static FloatVector of(FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3) {
    FloatVector s01 = s0.blend(s1, ODD_HALF).add(s1.blend(s0, ODD_HALF).rearrange(HALF));
    FloatVector s23 = s2.blend(s3, ODD_HALF).add(s3.blend(s2, ODD_HALF).rearrange(HALF));
    FloatVector sum =
        s01.blend(s23, ODD_QUARTER).add(s23.blend(s01, ODD_QUARTER).rearrange(QUARTER));
    if (L >= 8) {
      sum = sum.add(sum.rearrange(EIGHTH));
    }
    if (L >= 16) {
      sum = sum.add(sum.rearrange(SIXTEENTH));
    }
    return sum;
  }

  /** The sum of one vector. */
  static float of(FloatVector v) {
    FloatVector sum = v.add(v.rearrange(HALF));
    sum = sum.add(sum.rearrange(QUARTER));
    if (L >= 8) {
      sum = sum.add(sum.rearrange(EIGHTH));
    }
    if (L >= 16) {
      sum = sum.add(sum.rearrange(SIXTEENTH));
    }
    return sum.lane(0);
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(S, i -> i ^ distance);
  }

  private static VectorMask<Float> odd(int distance) {
    boolean[] lanes = new boolean[L];
    for (int i = 0; i < L; i++) {
      lanes[i] = (i & distance) != 0;
    }
    return VectorMask.fromArray(S, lanes, 0);
  }
}
