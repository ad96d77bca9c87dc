package dev.cortado.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionTest {
  private static final int GUARD = 29;

  private final int threads = Team.threads();

  @AfterEach
  void restoreThreads() {
    Team.setThreads(threads);
  }

  record Case(ConvShape shape, int batch) {}

  /** Every geometry in every combination of layouts. */
  static Stream<Case> cases() {
    return geometries()
        .flatMap(
            c ->
                Stream.of(Layout.values())
                    .flatMap(
                        input ->
                            Stream.of(Layout.values())
                                .map(output -> new Case(c.shape.in(input, output), c.batch))));
  }

  private static Stream<Case> geometries() {
    return Stream.of(
        same(1, 1, 1, 1, 1, 1),
        of(1, 28, 28, 32, 3, 3, 1, 1, 0, 0, 0, 0, 1, 1, 1, 3),
        of(32, 13, 13, 64, 3, 3, 1, 1, 0, 0, 0, 0, 1, 1, 1, 5),
        same(3, 32, 32, 8, 3, 2),
        same(5, 7, 9, 6, 5, 2),
        of(4, 9, 8, 7, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 2), // 1x1
        of(4, 9, 8, 7, 1, 1, 2, 3, 0, 0, 0, 0, 1, 1, 1, 2), // 1x1 with a stride
        of(3, 11, 13, 5, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1, 2),
        of(3, 12, 14, 5, 3, 2, 2, 3, 1, 0, 0, 1, 1, 1, 1, 2), // unequal in everything
        of(2, 15, 16, 3, 3, 3, 1, 1, 2, 2, 2, 2, 2, 2, 1, 2), // dilation
        of(2, 17, 16, 3, 3, 2, 2, 2, 2, 1, 3, 0, 3, 2, 1, 2), // dilation and stride
        of(6, 8, 9, 4, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3), // groups
        of(6, 9, 9, 12, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1, 3, 2),
        of(7, 10, 11, 7, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 7, 2), // depthwise
        of(4, 10, 11, 8, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1, 4, 2), // depthwise, two outputs each
        of(5, 1, 50, 6, 1, 5, 1, 1, 0, 0, 2, 2, 1, 1, 1, 3), // one-dimensional
        of(2, 6, 6, 3, 2, 2, 3, 3, 0, 0, 0, 0, 1, 1, 1, 2), // a stride past the kernel
        of(2, 5, 5, 3, 2, 2, 7, 7, 3, 3, 3, 3, 1, 1, 1, 2), // padding past the kernel
        of(2, 40, 70, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), // more than one block of rows
        of(3, 5, 6, 70, 5, 6, 1, 1, 0, 0, 0, 0, 1, 1, 1, 4), // one output pixel
        of(3, 8, 8, 4, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0), // no image
        // Three by three of many channels: squares of four by four, some of them cut off.
        same(32, 16, 16, 64, 3, 2),
        same(13, 7, 9, 17, 3, 3),
        of(33, 6, 14, 16, 3, 3, 1, 1, 2, 2, 2, 2, 1, 1, 1, 2), // a border wider than the kernel's
        of(16, 9, 6, 35, 3, 3, 1, 1, 3, 1, 0, 2, 1, 1, 1, 1), // unequal borders
        of(70, 8, 8, 12, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5), // blocks across images
        same(16, 8, 8, 16, 3, 0),
        // Runs of pixels and taps of five, four and three; a last run that is moved to the left
        of(6, 14, 14, 16, 5, 5, 1, 1, 0, 0, 0, 0, 1, 1, 1, 3),
        of(3, 9, 12, 11, 4, 4, 1, 1, 1, 2, 1, 2, 1, 1, 1, 2),
        of(4, 7, 13, 20, 3, 3, 2, 1, 0, 0, 0, 0, 1, 1, 1, 2),
        of(2, 5, 5, 16, 3, 3, 1, 1, 0, 0, 0, 0, 1, 1, 1, 2),
        of(4, 6, 16, 32, 3, 3, 1, 1, 0, 0, 0, 0, 2, 1, 2, 2));
  }

  private static Case same(int in, int height, int width, int out, int kernel, int batch) {
    int pad = kernel / 2;
    return of(in, height, width, out, kernel, kernel, 1, 1, pad, pad, pad, pad, 1, 1, 1, batch);
  }

  private static Case of(
      int in,
      int height,
      int width,
      int out,
      int kernelH,
      int kernelW,
      int strideH,
      int strideW,
      int top,
      int bottom,
      int left,
      int right,
      int dilationH,
      int dilationW,
      int groups,
      int batch) {
    int outHeight = (height + top + bottom - (kernelH - 1) * dilationH - 1) / strideH + 1;
    int outWidth = (width + left + right - (kernelW - 1) * dilationW - 1) / strideW + 1;
    return new Case(
        new ConvShape(
            in, height, width, out, outHeight, outWidth, kernelH, kernelW, strideH, strideW, top,
            left, dilationH, dilationW, groups),
        batch);
  }

  /** What the definition of a convolution visits: indices of x, w and y whose product counts. */
  private interface Visitor {
    void visit(int x, int w, int y);
  }

  private static void visit(ConvShape s, int batch, Visitor visitor) {
    int inGroup = s.inChannels() / s.groups();
    int outGroup = s.outChannels() / s.groups();
    for (int image = 0; image < batch; image++) {
      for (int out = 0; out < s.outChannels(); out++) {
        for (int oy = 0; oy < s.outHeight(); oy++) {
          for (int ox = 0; ox < s.outWidth(); ox++) {
            int y =
                image * s.outputSize()
                    + place(s.output(), s.outChannels(), s.outHeight(), s.outWidth(), out, oy, ox);
            for (int in = 0; in < inGroup; in++) {
              for (int kh = 0; kh < s.kernelH(); kh++) {
                for (int kw = 0; kw < s.kernelW(); kw++) {
                  int iy = oy * s.strideH() - s.padTop() + kh * s.dilationH();
                  int ix = ox * s.strideW() - s.padLeft() + kw * s.dilationW();
                  if (iy >= 0 && iy < s.height() && ix >= 0 && ix < s.width()) {
                    int channel = out / outGroup * inGroup + in;
                    visitor.visit(
                        image * s.inputSize()
                            + place(
                                s.input(), s.inChannels(), s.height(), s.width(), channel, iy, ix),
                        ((out * inGroup + in) * s.kernelH() + kh) * s.kernelW() + kw,
                        y);
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  private static int place(
      Layout layout, int channels, int height, int width, int channel, int row, int column) {
    return layout == Layout.CHANNELS_FIRST
        ? (channel * height + row) * width + column
        : (row * width + column) * channels + channel;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void forwardAgreesWithTheDefinition(Case c) {
    float[] x = operand(c.batch * c.shape.inputSize(), 1);
    float[] w = operand(c.shape.weightSize(), 2);
    float[] before = operand(c.batch * c.shape.outputSize(), 3);
    double[] expected = cleared(before);
    visit(
        c.shape, c.batch, (i, j, k) -> expected[GUARD + k] += (double) x[GUARD + i] * w[GUARD + j]);
    check(
        before, expected, y -> Convolution.forward(c.shape, c.batch, x, GUARD, w, GUARD, y, GUARD));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void forwardWithBiasAndActivation(Case c) {
    ConvShape s = c.shape;
    float[] x = operand(c.batch * s.inputSize(), 1);
    float[] w = operand(s.weightSize(), 2);
    float[] bias = operand(s.outChannels(), 11);
    float[] before = operand(c.batch * s.outputSize(), 3);
    for (Activation activation : Activation.values()) {
      double[] expected = cleared(before);
      visit(s, c.batch, (i, j, k) -> expected[GUARD + k] += (double) x[GUARD + i] * w[GUARD + j]);
      int size = s.outputSize();
      int plane = s.outHeight() * s.outWidth();
      for (int i = 0; i < c.batch * size; i++) {
        int at = i % size;
        int channel = s.output() == Layout.CHANNELS_FIRST ? at / plane : at % s.outChannels();
        double sum = expected[GUARD + i] + bias[GUARD + channel];
        expected[GUARD + i] = activation == Activation.RELU ? Math.max(sum, 0) : sum;
      }
      check(
          before,
          expected,
          y ->
              Convolution.forward(
                  s, c.batch, x, GUARD, w, GUARD, bias, GUARD, activation, y, GUARD));
    }
  }

  /** The same bits as a convolution and pooling after it, and the same gradient. */
  @ParameterizedTest
  @MethodSource("cases")
  void pooledOnTheWay(Case c) {
    ConvShape s = c.shape;
    float[] x = operand(c.batch * s.inputSize(), 1);
    float[] w = operand(s.weightSize(), 2);
    float[] bias = operand(s.outChannels(), 11);
    PoolShape p =
        new PoolShape(
            s.outChannels(),
            s.outHeight(),
            s.outWidth(),
            s.outHeight() / 2,
            s.outWidth() / 2,
            2,
            2,
            2,
            2,
            0,
            0,
            s.output());
    float[] full = new float[c.batch * s.outputSize()];
    float[] before = operand(c.batch * p.outputSize(), 3);
    float[] gy = operand(c.batch * p.outputSize(), 12);
    for (Activation activation : Activation.values()) {
      Convolution.forward(s, c.batch, x, GUARD, w, GUARD, bias, GUARD, activation, full, 0);
      float[] pooled = before.clone();
      MaxPooling.forward(p, c.batch, full, 0, pooled, GUARD);
      float[] gx = new float[full.length];
      MaxPooling.gradient(p, c.batch, full, 0, gy, GUARD, gx, 0);
      for (int i = 0; i < gx.length; i++) {
        gx[i] = activation == Activation.RELU && full[i] <= 0 ? 0 : gx[i];
      }
      for (int threads : new int[] {1, 2, 3}) {
        Team.setThreads(threads);
        float[] y = before.clone();
        Convolution.forwardPooled(
            s, c.batch, x, GUARD, w, GUARD, bias, GUARD, activation, y, GUARD);
        assertThat(y).isEqualTo(pooled);
        float[] winners = before.clone();
        y = before.clone();
        Convolution.forwardPooled(
            s, c.batch, x, GUARD, w, GUARD, bias, GUARD, activation, y, GUARD, winners, GUARD);
        assertThat(y).isEqualTo(pooled);
        float[] spread = operand(c.batch * s.outputSize(), 13);
        MaxPooling.spread(p, c.batch, winners, GUARD, gy, GUARD, spread, 0);
        assertThat(Arrays.copyOf(spread, gx.length)).isEqualTo(gx);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inputGradientAgreesWithTheDefinition(Case c) {
    float[] gy = operand(c.batch * c.shape.outputSize(), 4);
    float[] w = operand(c.shape.weightSize(), 5);
    float[] before = operand(c.batch * c.shape.inputSize(), 6);
    double[] expected = cleared(before);
    visit(
        c.shape,
        c.batch,
        (i, j, k) -> expected[GUARD + i] += (double) gy[GUARD + k] * w[GUARD + j]);
    check(
        before,
        expected,
        gx -> Convolution.inputGradient(c.shape, c.batch, gy, GUARD, w, GUARD, gx, GUARD));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void weightGradientAgreesWithTheDefinition(Case c) {
    float[] x = operand(c.batch * c.shape.inputSize(), 7);
    float[] gy = operand(c.batch * c.shape.outputSize(), 8);
    float[] before = operand(c.shape.weightSize(), 9);
    double[] expected = cleared(before);
    visit(
        c.shape,
        c.batch,
        (i, j, k) -> expected[GUARD + j] += (double) gy[GUARD + k] * x[GUARD + i]);
    check(
        before,
        expected,
        gw -> Convolution.weightGradient(c.shape, c.batch, x, GUARD, gy, GUARD, gw, GUARD));
  }

  @Test
  void operandsAtTheVeryEndOfAnArray() {
    atTheVeryEnd(new ConvShape(2, 5, 5, 3, 3, 3, 3, 3, 1, 1, 0, 0, 1, 1, 1));
    atTheVeryEnd(new ConvShape(13, 6, 6, 14, 4, 4, 3, 3, 1, 1, 0, 0, 1, 1, 1));
    atTheVeryEnd(new ConvShape(16, 6, 6, 16, 4, 4, 3, 3, 1, 1, 0, 0, 1, 1, 1));
  }

  private static void atTheVeryEnd(ConvShape shape) {
    for (Layout input : Layout.values()) {
      for (Layout output : Layout.values()) {
        ConvShape s = shape.in(input, output);
        float[] x = Floats.random(new Random(1), s.inputSize());
        float[] w = Floats.random(new Random(2), s.weightSize());
        float[] y = Floats.random(new Random(3), s.outputSize());
        double[] sums = new double[y.length];
        double[] gx = new double[x.length];
        double[] gw = new double[w.length];
        visit(
            s,
            1,
            (i, j, k) -> {
              sums[k] += (double) x[i] * w[j];
              gx[i] += (double) y[k] * w[j];
              gw[j] += (double) y[k] * x[i];
            });
        float[] result = new float[y.length];
        Convolution.forward(s, 1, x, 0, w, 0, result, 0);
        Floats.assertClose(result, sums, 1e-5, 0);
        result = new float[x.length];
        Convolution.inputGradient(s, 1, y, 0, w, 0, result, 0);
        Floats.assertClose(result, gx, 1e-5, 0);
        result = new float[w.length];
        Convolution.weightGradient(s, 1, x, 0, y, 0, result, 0);
        Floats.assertClose(result, gw, 1e-5, 0);
      }
    }
  }

  /** Transforms round more often than the definition does, but not by much. */
  @Test
  void manyChannelsAreExactToSingleRounding() {
    ConvShape s =
        new ConvShape(64, 16, 16, 64, 16, 16, 3, 3, 1, 1, 1, 1, 1, 1, 1)
            .in(Layout.CHANNELS_LAST, Layout.CHANNELS_LAST);
    int batch = 4;
    float[] x = Floats.random(new Random(21), batch * s.inputSize());
    float[] w = Floats.random(new Random(22), s.weightSize());
    float[] y = Floats.random(new Random(23), batch * s.outputSize());
    double[] sums = new double[y.length];
    double[] gx = new double[x.length];
    double[] gw = new double[w.length];
    visit(
        s,
        batch,
        (i, j, k) -> {
          sums[k] += (double) x[i] * w[j];
          gx[i] += (double) y[k] * w[j];
          gw[j] += (double) y[k] * x[i];
        });
    float[] result = new float[y.length];
    Convolution.forward(s, batch, x, 0, w, 0, result, 0);
    assertThat(error(result, sums)).isLessThan(3e-6);
    result = new float[x.length];
    Convolution.inputGradient(s, batch, y, 0, w, 0, result, 0);
    assertThat(error(result, gx)).isLessThan(3e-6);
    result = new float[w.length];
    Convolution.weightGradient(s, batch, x, 0, y, 0, result, 0);
    assertThat(error(result, gw)).isLessThan(3e-6);
  }

  /** Transformed weights are kept for a next time; what is kept must follow the weights. */
  @Test
  void weightsThatChangeBetweenCalls() {
    ConvShape[] shapes = new ConvShape[6];
    for (int i = 0; i < shapes.length; i++) {
      shapes[i] =
          new ConvShape(16 + i % 2, 8, 8, 17 + i, 8, 8, 3, 3, 1, 1, 1, 1, 1, 1, 1)
              .in(Layout.CHANNELS_LAST, Layout.CHANNELS_LAST);
    }
    float[] w = Floats.random(new Random(31), 17 * 22 * 9 + 9);
    for (int round = 0; round < 24; round++) {
      ConvShape s = shapes[round * 5 % (round < 12 ? 3 : 6)];
      int at = round % 4 == 3 ? 9 : 0;
      float[] x = Floats.random(new Random(32 + round), s.inputSize());
      w[at + (round % 2 == 0 ? 0 : s.weightSize() - 1)] += round % 3;
      double[] sums = new double[s.outputSize()];
      visit(s, 1, (i, j, k) -> sums[k] += (double) x[i] * w[at + j]);
      float[] y = new float[s.outputSize()];
      Convolution.forward(s, 1, x, 0, w, at, y, 0);
      Floats.assertClose(y, sums, 1e-4, 0);
    }
  }

  /** The largest error in units of the largest element. */
  private static double error(float[] actual, double[] expected) {
    double most = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      most = Math.max(most, Math.abs(expected[i]));
      error = Math.max(error, Math.abs(actual[i] - expected[i]));
    }
    return error / most;
  }

  @Test
  void groupsThatDoNotDivideTheChannelsAreRefused() {
    assertThatThrownBy(() -> new ConvShape(3, 5, 5, 4, 3, 3, 3, 3, 1, 1, 0, 0, 1, 1, 2))
        .hasMessage("groups must divide the channels: groups = 2, in = 3, out = 4");
  }

  private static float[] operand(int size, int seed) {
    return Floats.random(new Random(seed), GUARD + size + GUARD);
  }

  private static double[] cleared(float[] before) {
    double[] expected = Floats.widen(before);
    Arrays.fill(expected, GUARD, expected.length - GUARD, 0);
    return expected;
  }

  private static void check(float[] before, double[] expected, Consumer<float[]> kernel) {
    float[] first = null;
    for (int threads : new int[] {1, 2, 3}) {
      Team.setThreads(threads);
      float[] result = before.clone();
      kernel.accept(result);
      Floats.assertClose(result, expected, 1e-4, GUARD);
      if (first == null) {
        first = result;
      } else {
        assertThat(result).as("%d threads", threads).isEqualTo(first);
      }
    }
  }
}
