package dev.cortado.compiled;

import dev.cortado.kernel.PackedMatrix;
import java.util.List;

/**
 * The matrices among a network's weights, laid out for products. A network lays them out at its
 * first prediction after a change, once for all predictors; {@link CompiledNetwork#weights} says
 * when it does not.
 */
public final class PackedWeights {
  private static final long NEVER = -1;

  /**
   * A matrix {@code [k, n]} of weights that products have on their right.
   *
   * @param offset where it lies among the weights
   * @param transposed whether it lies there as {@code [n, k]}
   * @param repeated whether one prediction uses it several times
   */
  public record Matrix(int n, int k, int offset, boolean transposed, boolean repeated) {}

  private final List<Matrix> layout;
  private final PackedMatrix[] matrices;

  /** Of the weights that are laid out here; {@code NEVER} for none. */
  private volatile long version = NEVER;

  PackedWeights(List<Matrix> layout) {
    this.layout = layout;
    this.matrices = new PackedMatrix[layout.size()];
    for (int i = 0; i < matrices.length; i++) {
      matrices[i] = new PackedMatrix();
    }
  }

  /** Matrix {@code i}, in the order in which the network lists them. */
  public PackedMatrix matrix(int i) {
    return matrices[i];
  }

  /** Lays everything out, unless that has been done for this version. */
  void pack(float[] weights, long wanted) {
    if (version != wanted) {
      packAnew(weights, wanted);
    }
  }

  private synchronized void packAnew(float[] weights, long wanted) {
    if (version != wanted) {
      boolean first = version == NEVER;
      for (int i = 0; i < matrices.length; i++) {
        Matrix m = layout.get(i);
        if (first) {
          matrices[i].packOnce(m.n, m.k, weights, m.offset, m.transposed);
        } else {
          matrices[i].pack(m.n, m.k, weights, m.offset, m.transposed);
        }
      }
      version = wanted;
    }
  }

  /** Reads weights where they are; only what one prediction uses several times is laid out. */
  void refer(float[] weights) {
    for (int i = 0; i < matrices.length; i++) {
      Matrix m = layout.get(i);
      if (m.repeated) {
        matrices[i].pack(m.n, m.k, weights, m.offset, m.transposed);
      } else {
        matrices[i].refer(m.n, m.k, weights, m.offset, m.transposed);
      }
    }
  }

  static long floats(List<Matrix> layout) {
    return layout.stream().mapToLong(m -> PackedMatrix.floats(m.n, m.k)).sum();
  }
}
