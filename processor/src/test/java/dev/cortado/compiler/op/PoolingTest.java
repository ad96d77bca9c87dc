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

class PoolingTest {

  @ParameterizedTest
  @CsvSource({"2, 2, 0", "3, 2, 1", "3, 1, 0", "2, 3, 1", "1, 1, 0"})
  void windows(int size, int stride, int padding) {
    Program p = new Program().with("N", 2);
    Value x = p.input("N", 2, 5, 7);
    int height = (5 + 2 * padding - size) / stride + 1;
    int width = (7 + 2 * padding - size) / stride + 1;
    Value max = p.call("maxPool2d", x, size, stride, padding);
    Value mean = p.call("avgPool2d", x, size, stride, padding);
    assertThat(max.shape()).isEqualTo(Program.shape("N", 2, height, width));
    assertThat(mean.shape()).isEqualTo(max.shape());
    double[] largest = p.run(max);
    double[] means = p.run(mean);
    for (int i = 0; i < largest.length; i++) {
      int plane = i / (height * width);
      int top = i / width % height * stride - padding;
      int left = i % width * stride - padding;
      double best = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (int r = Math.max(top, 0); r < Math.min(top + size, 5); r++) {
        for (int c = Math.max(left, 0); c < Math.min(left + size, 7); c++) {
          best = Math.max(best, p.data(x)[(plane * 5 + r) * 7 + c]);
          sum += p.data(x)[(plane * 5 + r) * 7 + c];
        }
      }
      assertThat(largest[i]).isEqualTo(best);
      assertThat(means[i]).isCloseTo(sum / (size * size), within(1e-12));
    }
    p.checkGradients(max, mean);
  }

  @Test
  void theFirstOfEqualElementsGetsTheGradient() {
    Program p = new Program();
    Value x = p.given(new double[] {1, 1, 0, 1, 1, 2, 2, 0, 2}, 1, 1, 3, 3);
    assertThat(p.gradients(p.call("maxPool2d", x, 2, 1), x))
        .containsExactly(1, 0, 0, 0, 0, 2, 1, 0, 0);
    Value low = p.given(new double[] {Double.NEGATIVE_INFINITY, Double.NaN}, 1, 1, 1, 2);
    assertThat(p.gradients(p.call("maxPool2d", low, 3, 3, 1), low)).hasSize(2);
  }

  @Test
  void theGradientsOfGradients() {
    Program p = new Program();
    Value x = p.input(1, 2, 4, 4);
    Windows windows = new Windows(3, 3, 2, 2, 1, 1);
    Value g = p.input(1, 2, 2, 2);
    Value spread = p.graph().apply(new MaxPool2d.Spread(windows), x, g);
    Value gathered =
        p.graph().apply(new MaxPool2d.Gather(windows, g.shape()), x, p.input(1, 2, 4, 4));
    Value even = p.graph().apply(new AvgPool2d.Spread(windows, x.shape()), g);
    Value adaptive = p.graph().apply(new AdaptiveAvgPool2d.Spread(Program.shape(1, 2, 5, 3)), g);
    p.checkGradients(spread, gathered, even, adaptive);
  }

  @Test
  void adaptive() {
    Program p = new Program().with("N", 2).with("T", 7);
    Value x = p.input("N", 2, "T", 5);
    Value y = p.call("adaptiveAvgPool2d", x, 3, 2);
    assertThat(y.shape()).isEqualTo(Program.shape("N", 2, 3, 2));
    double[] out = p.run(y);
    int[] rows = {0, 3, 2, 5, 4, 7};
    int[] columns = {0, 3, 2, 5};
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      int count = 0;
      for (int r = rows[i / 2 % 3 * 2]; r < rows[i / 2 % 3 * 2 + 1]; r++) {
        for (int c = columns[i % 2 * 2]; c < columns[i % 2 * 2 + 1]; c++) {
          sum += p.data(x)[(i / 6 * 7 + r) * 5 + c];
          count++;
        }
      }
      assertThat(out[i]).isCloseTo(sum / count, within(1e-12));
    }
    p.checkGradients(y);
    Value even = p.input("N", 1, 6, 4);
    Value plain = p.call("adaptiveAvgPool2d", even, 3, 2);
    assertThat(plain.node().op()).isInstanceOf(AvgPool2d.class);
    assertThat(p.run(plain))
        .containsExactly(p.run(p.graph().apply(new AdaptiveAvgPool2d(3, 2), even)), within(1e-12));
    Value global = p.call("globalAvgPool2d", x);
    assertThat(global.shape()).isEqualTo(Program.shape("N", 2));
    p.checkGradients(global);
  }

  @Test
  void whatDoesNotFit() {
    Program p = new Program().with("N", 1);
    Value x = p.input("N", 4, 6, 2);
    fails(
        "maxPool2d: a window that spans 3 does not fit into dimension 3 of [N, 4, 6, 2]; use a"
            + " smaller window or more padding",
        () -> p.call("maxPool2d", x, 3));
    fails(
        "avgPool2d: the padding must be at most half the size 2, but is 2",
        () -> p.call("avgPool2d", x, 2, 2, 2));
    fails(
        "maxPool2d: argument0 must be [N, C, H, W], but is [N]",
        () -> p.call("maxPool2d", p.input("N"), 2));
    fails(
        "maxPool2d: argument1 must hold 2 numbers, but holds 3",
        () -> p.call("maxPool2d", x, new int[] {2, 2, 2}, new int[] {1, 1}, new int[] {0, 0}));
  }

  private static void fails(String message, Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(OpError.class).hasMessage(message);
  }
}
