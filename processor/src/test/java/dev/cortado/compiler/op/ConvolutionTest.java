package dev.cortado.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.interpret.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0, 1, 1, 4, 5",
    "2, 1, 1, 1, 3, 4",
    "1, 2, 2, 1, 6, 7",
    "3, 1, 1, 2, 2, 3",
    "1, 1, 1, 4, 6, 7",
    "2, 0, 2, 2, 1, 2"
  })
  void inTwoDimensions(int stride, int padding, int dilation, int groups, int height, int width) {
    Program p = new Program().with("N", 2);
    Value x = p.input("N", 4, 6, 7);
    Value weight = p.input(8, 4 / groups, 3, 3);
    Value bias = p.input(8);
    Value y = p.call("conv2d", x, weight, bias, stride, padding, dilation, groups);
    assertThat(y.shape()).isEqualTo(Program.shape("N", 8, height, width));
    double[] out = p.run(y);
    for (int i = 0; i < out.length; i++) {
      int n = i / (8 * height * width);
      int o = i / (height * width) % 8;
      int row = i / width % height * stride - padding;
      int column = i % width * stride - padding;
      double sum = p.data(bias)[o];
      for (int c = 0; c < 4 / groups; c++) {
        for (int k = 0; k < 9; k++) {
          int r = row + k / 3 * dilation;
          int s = column + k % 3 * dilation;
          if (r >= 0 && r < 6 && s >= 0 && s < 7) {
            int channel = o / (8 / groups) * (4 / groups) + c;
            sum +=
                p.data(x)[((n * 4 + channel) * 6 + r) * 7 + s]
                    * p.data(weight)[(o * (4 / groups) + c) * 9 + k];
          }
        }
      }
      assertThat(out[i]).isCloseTo(sum, within(1e-10));
    }
    if (groups > 1 || stride > 1) {
      p.checkGradients(y);
    }
  }

  @Test
  void unequalOptions() {
    Program p = new Program().with("N", 1).with("T", 5);
    Value x = p.input("N", 1, "T", 6);
    Value weight = p.input(2, 1, 2, 3);
    Value y =
        p.call(
            "conv2d",
            x,
            weight,
            null,
            new int[] {2, 1},
            new int[] {0, 1, 1, 0},
            new int[] {1, 2},
            1);
    assertThat(y.shape().toString()).isEqualTo("[N, 2, floor((T + 1)/(2)), 3]");
    p.checkGradients(y);
    assertThat(p.call("conv2d", x, weight).shape().toString()).isEqualTo("[N, 2, T - 1, 4]");
  }

  @Test
  void theGradientsOfGradients() {
    Program p = new Program();
    Conv2d.Geometry geometry =
        ((Conv2d)
                p.call("conv2d", p.input(1, 2, 5, 4), p.input(2, 1, 3, 2), null, 2, 1, 1, 2)
                    .node()
                    .op())
            .geometry();
    Value y = p.input(1, 2, 3, 3);
    for (var direction : dev.cortado.compiler.graph.Lowering.Contraction.Direction.values()) {
      Value first =
          direction == dev.cortado.compiler.graph.Lowering.Contraction.Direction.INPUT_GRADIENT
              ? y
              : p.input(1, 2, 5, 4);
      Value second =
          direction == dev.cortado.compiler.graph.Lowering.Contraction.Direction.WEIGHT_GRADIENT
              ? y
              : p.input(2, 1, 3, 2);
      p.checkGradients(p.graph().apply(new Conv2d(direction, geometry), first, second));
    }
  }

  @Test
  void inOneDimension() {
    Program p = new Program().with("N", 2);
    Value x = p.input("N", 2, 7);
    Value weight = p.input(4, 2, 3);
    Value bias = p.input(4);
    Value y = p.call("conv1d", x, weight, bias, 2, 1, 1, 1);
    assertThat(y.shape()).isEqualTo(Program.shape("N", 4, 4));
    double sum = p.data(bias)[1];
    for (int c = 0; c < 2; c++) {
      for (int k = 1; k < 3; k++) {
        sum += p.data(x)[c * 7 + k - 1] * p.data(weight)[(2 + c) * 3 + k];
      }
    }
    assertThat(p.run(y)[4]).isCloseTo(sum, within(1e-12));
    p.checkGradients(y);
    Value causal = p.call("conv1d", x, weight, null, 1, new int[] {4, 0}, 2, 1);
    assertThat(causal.shape()).isEqualTo(Program.shape("N", 4, 7));
    p.checkGradients(causal);
  }

  @Test
  void transposed() {
    Program p = new Program().with("N", 2);
    Value x = p.input("N", 4, 3, 2);
    Value weight = p.input(4, 3, 3, 2);
    Value bias = p.input(6);
    Value y =
        p.call(
            "convTranspose2d",
            x,
            weight,
            bias,
            new int[] {2, 3},
            new int[] {1, 0},
            new int[] {1, 2},
            new int[] {1, 2},
            2);
    assertThat(y.shape()).isEqualTo(Program.shape("N", 6, 6, 8));
    double[] expected = new double[2 * 6 * 6 * 8];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = p.data(bias)[i / 48 % 6];
    }
    for (int n = 0; n < 2; n++) {
      for (int c = 0; c < 4; c++) {
        for (int at = 0; at < 6; at++) {
          for (int o = 0; o < 3; o++) {
            for (int k = 0; k < 6; k++) {
              int row = at / 2 * 2 - 1 + k / 2;
              int column = at % 2 * 3 + k % 2 * 2;
              if (row >= 0 && row < 6 && column < 8) {
                expected[((n * 6 + c / 2 * 3 + o) * 6 + row) * 8 + column] +=
                    p.data(x)[(n * 4 + c) * 6 + at] * p.data(weight)[(c * 3 + o) * 6 + k];
              }
            }
          }
        }
      }
    }
    assertThat(p.run(y)).containsExactly(expected, within(1e-12));
    p.checkGradients(y);
    assertThat(p.call("convTranspose2d", x, p.input(4, 3, 2, 2), null, 2, 0).shape())
        .isEqualTo(Program.shape("N", 3, 6, 4));
  }

  @Test
  void whatDoesNotFit() {
    Program p = new Program().with("N", 1);
    Value x = p.input("N", 4, 6, 2);
    fails(
        "conv2d: a window that spans 3 does not fit into dimension 3 of [N, 4, 6, 2]; use a smaller"
            + " window or more padding",
        () -> p.call("conv2d", x, p.input(8, 4, 3, 3)));
    fails(
        "conv2d: the weight [8, 3, 1, 1] expects 3 channels, but argument0 [N, 4, 6, 2] has 4",
        () -> p.call("conv2d", x, p.input(8, 3, 1, 1)));
    fails(
        "conv2d: groups must divide the 4 in-channels and the 8 out-channels, but are 3",
        () -> p.call("conv2d", x, p.input(8, 1, 1, 1), null, 1, 0, 1, 3));
    fails(
        "conv2d: the bias must be [8], but is [4]",
        () -> p.call("conv2d", x, p.input(8, 4, 1, 1), p.input(4)));
    fails(
        "conv2d: stride must be at least 1, but is 0",
        () -> p.call("conv2d", x, p.input(8, 4, 1, 1), null, 0, 0, 1, 1));
    fails(
        "conv2d: argument0 must be [N, C, H, W], but is [4, 6]",
        () -> p.call("conv2d", p.input(4, 6), p.input(8, 4, 1, 1)));
  }

  private static void fails(String message, Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(OpError.class).hasMessage(message);
  }
}
