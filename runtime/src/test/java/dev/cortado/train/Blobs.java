package dev.cortado.train;

import dev.cortado.data.Dataset;
import java.util.SplittableRandom;

/** Points around the corners of a square, one class a corner: easy, but not trivial, to learn. */
public final class Blobs {
  private Blobs() {}

  /** Four classes of points in the plane. */
  public static Dataset of(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[2 * size];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i % 4;
      x[2 * i] = (float) (random.nextGaussian() * 0.4 + (labels[i] % 2 == 0 ? -1 : 1));
      x[2 * i + 1] = (float) (random.nextGaussian() * 0.4 + (labels[i] < 2 ? -1 : 1));
    }
    return Dataset.of(x, labels);
  }
}
