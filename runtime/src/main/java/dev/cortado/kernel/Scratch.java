package dev.cortado.kernel;

import java.util.Arrays;

/**
 * The buffers that one thread's kernels pack operands into. They grow to what the largest kernel of
 * the program needs, which depends on the machine and not on the batch, and are then used again.
 */
final class Scratch {
  private static final ThreadLocal<Scratch> LOCAL = ThreadLocal.withInitial(Scratch::new);

  private static final float[] ZEROS = new float[Tiles.BROAD];

  private float[] left = {};
  private float[] right = {};
  private float[] result = {};
  private float[] tile = {};
  private float[] square = {};
  private float[] strip = {};
  private int[] rows = {};
  private int[] steps = {};
  private int[] leftSteps = {};
  private int[] sumRows = {};

  /** What this thread's tiles work on. */
  final Operands operands = new Operands();

  /** The convolution that this thread is at. */
  final Correlation correlation = new Correlation(operands);

  /** The matrix product that this thread is at. */
  final PanelProduct product = new PanelProduct(this);

  /** The planes of the image that this thread convolves. */
  final Planes planes = new Planes();

  static Scratch local() {
    return LOCAL.get();
  }

  /** For the left operand of a product, or the weights. */
  float[] left(int floats) {
    if (left.length < floats) {
      left = new float[floats];
    }
    return left;
  }

  /** The same, all zeros. */
  float[] zeroedLeft(int floats) {
    float[] array = left(floats);
    Arrays.fill(array, 0, floats, 0f);
    return array;
  }

  /** For the right operand of a product, or the images. */
  float[] right(int floats) {
    if (right.length < floats) {
      right = new float[floats];
    }
    return right;
  }

  /** The same, all zeros. */
  float[] zeroedRight(int floats) {
    float[] array = right(floats);
    Arrays.fill(array, 0, floats, 0f);
    return array;
  }

  /** Zeros, as many as the widest panel has columns; nobody writes to them. */
  float[] zeros() {
    return ZEROS;
  }

  /** For a result before it is copied to its place. */
  float[] result(int floats) {
    if (result.length < floats) {
      result = new float[floats];
    }
    return result;
  }

  /** For a square of pixels and its transforms. */
  float[] square(int floats) {
    if (square.length < floats) {
      square = new float[floats];
    }
    return square;
  }

  /** For one register tile, or 36 vectors. */
  float[] tile() {
    if (tile.length == 0) {
      tile = new float[Math.max(Tiles.HIGHEST * Tiles.PANEL, 36 * Lanes.COUNT)];
    }
    return tile;
  }

  /** For a block of elements between two loops of one function, and a vector after it. */
  float[] strip() {
    if (strip.length == 0) {
      strip = new float[VectorMath.BLOCK + Lanes.COUNT];
    }
    return strip;
  }

  /** For the offsets of rows. */
  int[] rows(int count) {
    if (rows.length < count) {
      rows = new int[count];
    }
    return rows;
  }

  /** For the offsets of the steps of a left operand. */
  int[] leftSteps(int count) {
    if (leftSteps.length < count) {
      leftSteps = new int[count];
    }
    return leftSteps;
  }

  /** For the offsets of rows of sums. */
  int[] sumRows(int count) {
    if (sumRows.length < count) {
      sumRows = new int[count];
    }
    return sumRows;
  }

  /** For the offsets of the steps of a sum. */
  int[] steps(int count) {
    if (steps.length < count) {
      steps = new int[count];
    }
    return steps;
  }
}
