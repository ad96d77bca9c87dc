package dev.cortado.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GemmTest {
  private static final int GUARD = 37;
  private static final int[] THREADS = {1, 2, 3};

  private final int threads = Team.threads();

  @AfterEach
  void restoreThreads() {
    Team.setThreads(threads);
  }

  static Stream<Arguments> sizes() {
    int[][] sizes = {
      {0, 3, 4},
      {3, 0, 4},
      {3, 4, 0},
      {1, 1, 1},
      {2, 1, 1},
      {3, 1, 1},
      {3, 2, 7},
      {1, 5, 3},
      {5, 1, 3},
      {2, 2, 2},
      {3, 7, 5},
      {6, 64, 16},
      {7, 65, 17},
      {8, 63, 31},
      {13, 33, 100},
      {1, 130, 77},
      {130, 1, 77},
      {1, 300, 400}, // rows of whole vectors, shared by threads
      {300, 1, 400},
      {64, 10, 84},
      {10, 84, 64},
      {5, 6, 250},
      {64, 120, 400},
      {120, 400, 64},
      {64, 400, 120},
      {97, 101, 103},
      {200, 150, 300},
      {4, 600, 500},
      {600, 4, 500},
      {3, 1100, 270},
      {130, 1100, 5},
      {30, 40, 1700}, // more steps than are summed at once
      {90, 70, 1600}, // more rows than stay in the cache
      {40, 256, 130},
      {30, 100, 1024}
    };
    return Stream.of(sizes).map(s -> Arguments.of(s[0], s[1], s[2]));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void agreesWithTheDefinitionForAllTransposes(int m, int n, int k) {
    for (int transposes = 0; transposes < 4; transposes++) {
      check(1, m, n, k, (transposes & 1) != 0, (transposes & 2) != 0, false, false);
      check(1, m, n, k, (transposes & 1) != 0, (transposes & 2) != 0, true, false);
    }
  }

  @Test
  void batches() {
    for (int transposes = 0; transposes < 4; transposes++) {
      check(0, 4, 5, 6, (transposes & 1) != 0, (transposes & 2) != 0, false, false);
      check(5, 4, 5, 6, (transposes & 1) != 0, (transposes & 2) != 0, false, false);
      check(3, 64, 64, 32, (transposes & 1) != 0, (transposes & 2) != 0, false, false);
      check(7, 33, 9, 130, (transposes & 1) != 0, (transposes & 2) != 0, false, true);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void withBiasAndActivation(int m, int n, int k) {
    Random random = new Random(m * 31L + n * 17L + k);
    float[] a = Floats.random(random, m * k);
    float[] b = Floats.random(random, k * n);
    float[] bias = Floats.random(random, GUARD + n);
    float[] before = Floats.random(random, GUARD + m * n + GUARD);
    for (int transposes = 0; transposes < 8; transposes++) {
      boolean transposeA = (transposes & 1) != 0;
      boolean transposeB = (transposes & 2) != 0;
      boolean biased = (transposes & 4) != 0;
      double[] expected = Floats.widen(before);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = biased ? bias[GUARD + j] : 0;
          for (int p = 0; p < k; p++) {
            sum +=
                (double) a[transposeA ? p * m + i : i * k + p]
                    * b[transposeB ? j * k + p : p * n + j];
          }
          expected[GUARD + i * n + j] = Math.max(0, sum);
        }
      }
      float[] first = null;
      for (int threads : THREADS) {
        Team.setThreads(threads);
        float[] c = before.clone();
        Gemm.multiply(
            m,
            n,
            k,
            a,
            0,
            transposeA,
            b,
            0,
            transposeB,
            biased ? bias : null,
            GUARD,
            Activation.RELU,
            c,
            GUARD);
        Floats.assertClose(c, expected, 1e-6 * (4 + Math.sqrt(k) * 4), GUARD);
        first = first == null ? c : first;
        assertThat(c).as("%d threads", threads).isEqualTo(first);
      }
    }
  }

  private static void check(
      int batch,
      int m,
      int n,
      int k,
      boolean transposeA,
      boolean transposeB,
      boolean add,
      boolean sameB) {
    Random random = new Random(m * 31L + n * 17L + k);
    float[] a = Floats.random(random, GUARD + batch * m * k + GUARD);
    float[] b = Floats.random(random, GUARD + (sameB ? 1 : batch) * k * n + GUARD);
    float[] before = Floats.random(random, GUARD + batch * m * n + GUARD);
    int bStep = sameB ? 0 : k * n;
    double[] expected = new double[before.length];
    for (int i = 0; i < before.length; i++) {
      expected[i] = before[i];
    }
    for (int index = 0; index < batch; index++) {
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = add ? before[GUARD + index * m * n + i * n + j] : 0;
          for (int p = 0; p < k; p++) {
            sum +=
                (double) a[GUARD + index * m * k + (transposeA ? p * m + i : i * k + p)]
                    * b[GUARD + index * bStep + (transposeB ? j * k + p : p * n + j)];
          }
          expected[GUARD + index * m * n + i * n + j] = sum;
        }
      }
    }
    float[] first = null;
    for (int threads : THREADS) {
      Team.setThreads(threads);
      float[] c = before.clone();
      if (add) {
        Gemm.multiplyAdd(m, n, k, a, GUARD, transposeA, b, GUARD, transposeB, c, GUARD);
      } else if (batch == 1) {
        Gemm.multiply(m, n, k, a, GUARD, transposeA, b, GUARD, transposeB, c, GUARD);
      } else {
        Gemm.multiplyBatch(
            batch,
            m,
            n,
            k,
            a,
            GUARD,
            m * k,
            transposeA,
            b,
            GUARD,
            bStep,
            transposeB,
            c,
            GUARD,
            m * n);
      }
      Floats.assertClose(c, expected, 1e-6 * (4 + Math.sqrt(k) * 4), GUARD);
      if (first == null) {
        first = c;
      } else {
        assertThat(c).as("%d threads", threads).isEqualTo(first);
      }
    }
  }
}
