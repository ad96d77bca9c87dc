package dev.cortado.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against the definition, window by window; results are copies or sums of a few floats, so exact.
 */
class MaxPoolingTest {
  private static final int GUARD = 7;

  static Stream<PoolShape> shapes() {
    return Stream.of(
            pool(1, 4, 4, 2, 2, 0),
            pool(3, 5, 7, 2, 2, 0),
            pool(32, 26, 26, 2, 2, 0),
            pool(17, 11, 70, 2, 2, 0),
            pool(2, 6, 34, 2, 2, 0),
            pool(5, 9, 9, 3, 2, 1),
            pool(16, 7, 8, 3, 1, 1),
            pool(4, 8, 8, 3, 3, 0),
            pool(2, 1, 1, 1, 1, 0))
        .flatMap(s -> Stream.of(s, lastOf(s)));
  }

  private static PoolShape pool(
      int channels, int height, int width, int size, int stride, int pad) {
    int outHeight = (height + 2 * pad - size) / stride + 1;
    int outWidth = (width + 2 * pad - size) / stride + 1;
    return new PoolShape(
        channels,
        height,
        width,
        outHeight,
        outWidth,
        size,
        size,
        stride,
        stride,
        pad,
        pad,
        Layout.CHANNELS_FIRST);
  }

  private static PoolShape lastOf(PoolShape s) {
    return new PoolShape(
        s.channels(),
        s.height(),
        s.width(),
        s.outHeight(),
        s.outWidth(),
        s.kernelH(),
        s.kernelW(),
        s.strideH(),
        s.strideW(),
        s.padTop(),
        s.padLeft(),
        Layout.CHANNELS_LAST);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void isTheDefinition(PoolShape s) {
    for (int batch : new int[] {0, 1, 3}) {
      Random random = new Random(batch);
      float[] x = new float[GUARD + batch * s.inputSize()];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextInt(9) - 4; // with equal elements in a window
      }
      float[] gy = new float[GUARD + batch * s.outputSize()];
      for (int i = 0; i < gy.length; i++) {
        gy[i] = random.nextInt(100);
      }
      float[] y = filled(GUARD + batch * s.outputSize() + GUARD);
      float[] gx = filled(GUARD + batch * s.inputSize() + GUARD);
      float[] expectedY = filled(y.length);
      float[] expectedGx = filled(gx.length);
      for (int i = 0; i < batch; i++) {
        define(s, i, x, gy, expectedY, expectedGx);
      }
      MaxPooling.forward(s, batch, x, GUARD, y, GUARD);
      MaxPooling.gradient(s, batch, x, GUARD, gy, GUARD, gx, GUARD);
      assertThat(y).isEqualTo(expectedY);
      assertThat(gx).isEqualTo(expectedGx);
    }
  }

  private static float[] filled(int length) {
    float[] a = new float[length];
    java.util.Arrays.fill(a, 99);
    return a;
  }

  private static int at(PoolShape s, int image, int c, int row, int column, boolean out) {
    int height = out ? s.outHeight() : s.height();
    int width = out ? s.outWidth() : s.width();
    int start = GUARD + image * s.channels() * height * width;
    return s.layout() == Layout.CHANNELS_LAST
        ? start + (row * width + column) * s.channels() + c
        : start + (c * height + row) * width + column;
  }

  private static void define(PoolShape s, int image, float[] x, float[] gy, float[] y, float[] gx) {
    for (int c = 0; c < s.channels(); c++) {
      for (int row = 0; row < s.height(); row++) {
        for (int column = 0; column < s.width(); column++) {
          gx[at(s, image, c, row, column, false)] = 0;
        }
      }
    }
    for (int c = 0; c < s.channels(); c++) {
      for (int oy = 0; oy < s.outHeight(); oy++) {
        for (int ox = 0; ox < s.outWidth(); ox++) {
          int best = -1;
          for (int row = oy * s.strideH() - s.padTop(), i = 0; i < s.kernelH(); i++, row++) {
            for (int column = ox * s.strideW() - s.padLeft(), j = 0;
                j < s.kernelW();
                j++, column++) {
              if (row >= 0 && row < s.height() && column >= 0 && column < s.width()) {
                int place = at(s, image, c, row, column, false);
                best = best < 0 || x[place] > x[best] ? place : best;
              }
            }
          }
          y[at(s, image, c, oy, ox, true)] = x[best];
          gx[best] += gy[at(s, image, c, oy, ox, true)];
        }
      }
    }
  }
}
