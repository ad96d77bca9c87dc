package dev.cortado.kernel;

import org.jspecify.annotations.Nullable;

/** Matrix products in plain loops. */
final class PlainGemm {
  private PlainGemm() {}

  static void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      boolean transposeA,
      float[] b,
      int bOffset,
      boolean transposeB,
      float[] c,
      int cOffset,
      boolean accumulate,
      float @Nullable [] bias,
      int biasOffset,
      Activation activation) {
    int aRow = transposeA ? 1 : k;
    int aColumn = transposeA ? m : 1;
    int bRow = transposeB ? 1 : n;
    int bColumn = transposeB ? k : 1;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[aOffset + i * aRow + p * aColumn] * b[bOffset + p * bRow + j * bColumn];
        }
        int at = cOffset + i * n + j;
        float start = accumulate ? c[at] : bias == null ? 0 : bias[biasOffset + j];
        c[at] = Math.max(start + sum, activation.floor);
      }
    }
  }
}
