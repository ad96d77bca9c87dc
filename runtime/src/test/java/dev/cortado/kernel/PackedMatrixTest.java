package dev.cortado.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedMatrixTest {
  private static final int GUARD = 37;

  private final int threads = Team.threads();
  private final PackedMatrix packed = new PackedMatrix();

  @AfterEach
  void restoreThreads() {
    Team.setThreads(threads);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 4",
    "3, 0, 4",
    "3, 4, 0",
    "1, 4, 0",
    "1, 1, 1",
    "1, 10, 84",
    "1, 512, 128",
    "1, 48, 7",
    "1, 300, 33",
    "5, 1, 3",
    "7, 65, 17",
    "13, 33, 100",
    "64, 120, 400",
    "40, 70, 1600",
    "200, 28, 300",
    "1, 900, 700",
    "130, 130, 1000"
  })
  void agreesWithTheDefinition(int m, int n, int k) {
    Random random = new Random(m * 31L + n * 17L + k);
    float[] a = Floats.random(random, GUARD + m * k);
    float[] bias = Floats.random(random, GUARD + n);
    float[] before = Floats.random(random, GUARD + m * n + GUARD);
    for (boolean transposed : new boolean[] {false, true}) {
      float[] b = Floats.random(random, GUARD + k * n);
      packed.pack(n, k, b, GUARD, transposed);
      double[] products = new double[before.length];
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          for (int p = 0; p < k; p++) {
            products[GUARD + i * n + j] +=
                (double) a[GUARD + i * k + p] * b[GUARD + (transposed ? j * k + p : p * n + j)];
          }
        }
      }
      double[] plain = Floats.widen(before);
      double[] added = Floats.widen(before);
      double[] finished = Floats.widen(before);
      for (int i = GUARD; i < GUARD + m * n; i++) {
        plain[i] = products[i];
        added[i] += products[i];
        finished[i] = Math.max(0, products[i] + bias[GUARD + (i - GUARD) % n]);
      }
      double tolerance = 1e-6 * (4 + Math.sqrt(k) * 4);
      check(before, plain, tolerance, c -> packed.multiply(m, a, GUARD, c, GUARD));
      check(before, added, tolerance, c -> packed.multiplyAdd(m, a, GUARD, c, GUARD));
      check(
          before,
          finished,
          tolerance,
          c -> packed.multiply(m, a, GUARD, bias, GUARD, Activation.RELU, c, GUARD));
      packed.refer(n, k, b, GUARD, transposed);
      check(before, added, tolerance, c -> packed.multiplyAdd(m, a, GUARD, c, GUARD));
      check(
          before,
          finished,
          tolerance,
          c -> packed.multiply(m, a, GUARD, bias, GUARD, Activation.RELU, c, GUARD));
    }
  }

  /** Results are the same, so that it does not matter which way a matrix was laid out. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 10, 84", "5, 48, 7", "2, 65, 17", "1, 300, 33", "7, 128, 64"})
  void packedOnceIsPacked(int m, int n, int k) {
    Random random = new Random(m * 31L + n * 17L + k);
    float[] a = Floats.random(random, m * k);
    float[] b = Floats.random(random, GUARD + k * n);
    PackedMatrix once = new PackedMatrix();
    for (boolean transposed : new boolean[] {false, true, false}) {
      float[] expected = new float[m * n];
      float[] c = new float[m * n];
      packed.pack(n, k, b, GUARD, transposed).multiply(m, a, 0, expected, 0);
      once.packOnce(n, k, b, GUARD, transposed).multiply(m, a, 0, c, 0);
      assertThat(c).isEqualTo(expected);
    }
  }

  private interface Product {
    void into(float[] c);
  }

  private static void check(float[] before, double[] expected, double tolerance, Product product) {
    float[] first = null;
    for (int threads : new int[] {1, 2, 3}) {
      Team.setThreads(threads);
      float[] c = before.clone();
      product.into(c);
      Floats.assertClose(c, expected, tolerance, GUARD);
      first = first == null ? c : first;
      assertThat(c).as("%d threads", threads).isEqualTo(first);
    }
  }
}
