package dev.cortado;

import java.util.Arrays;

/** The matrix product. */
final class EagerContraction {
  private EagerContraction() {}

  static Tensor matmul(Tensor a, Tensor b) {
    if (a.rank() == 0 || b.rank() == 0) {
      throw new IllegalArgumentException(
          "matmul expects matrices or vectors, but "
              + Shapes.text(a.dims())
              + " and "
              + Shapes.text(b.dims())
              + " came; mul takes scalars");
    }
    Tensor left = a.rank() == 1 ? EagerMovement.unsqueeze(a, 0) : a;
    Tensor right = b.rank() == 1 ? EagerMovement.unsqueeze(b, 1) : b;
    if (left.size(-1) != right.size(-2)) {
      throw new IllegalArgumentException(
          "matmul expects inner sizes that agree, but "
              + Shapes.text(a.dims())
              + " and "
              + Shapes.text(b.dims())
              + " came: "
              + left.size(-1)
              + " and "
              + right.size(-2)
              + "; transpose one of them?");
    }
    Tensor product = product(left, right);
    if (a.rank() == 1) {
      product = EagerMovement.squeeze(product, -2);
    }
    return b.rank() == 1 ? EagerMovement.squeeze(product, -1) : product;
  }

  private static Tensor product(Tensor a, Tensor b) {
    int m = a.size(-2);
    int k = a.size(-1);
    int n = b.size(-1);
    int[] aBatch = Arrays.copyOf(a.dims(), a.rank() - 2);
    int[] bBatch = Arrays.copyOf(b.dims(), b.rank() - 2);
    int[] batch = Shapes.broadcast("matmul (leading dimensions)", aBatch, bBatch);
    int[] shape = Arrays.copyOf(batch, batch.length + 2);
    shape[batch.length] = m;
    shape[batch.length + 1] = n;
    double[] values = new double[Shapes.count(shape)];
    int[] index = new int[batch.length];
    for (int i = 0; i < Shapes.count(batch); i++) {
      int aOffset = Shapes.broadcastOffset(index, aBatch) * m * k;
      int bOffset = Shapes.broadcastOffset(index, bBatch) * k * n;
      multiply(m, k, n, a.data(), aOffset, b.data(), bOffset, values, i * m * n);
      Shapes.next(index, batch);
    }
    return new Tensor(shape, values);
  }

  private static void multiply(
      int m, int k, int n, double[] a, int ao, double[] b, int bo, double[] c, int co) {
    for (int row = 0; row < m; row++) {
      for (int p = 0; p < k; p++) {
        double factor = a[ao + row * k + p];
        for (int column = 0; column < n; column++) {
          c[co + row * n + column] += factor * b[bo + p * n + column];
        }
      }
    }
  }
}
