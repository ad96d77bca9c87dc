package dev.cortado.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TransposeTest {
  @Test
  void sizesAroundWholeSquares() {
    assumeThat(Kernels.VECTOR).isTrue();
    int[] sizes = {1, 3, 4, 5, 8, 9, 15, 16, 17, 31, 32, 33, 40};
    for (int rows : sizes) {
      for (int columns : sizes) {
        float[] from = Floats.random(new Random(rows * 100L + columns), 2 + rows * (columns + 3));
        float[] to = new float[5 + columns * (rows + 1)];
        float[] expected = to.clone();
        for (int r = 0; r < rows; r++) {
          for (int c = 0; c < columns; c++) {
            expected[5 + c * (rows + 1) + r] = from[2 + r * (columns + 3) + c];
          }
        }
        Transpose.run(from, 2, columns + 3, rows, columns, to, 5, rows + 1);
        assertThat(to).as("%d x %d", rows, columns).isEqualTo(expected);
      }
    }
  }
}
