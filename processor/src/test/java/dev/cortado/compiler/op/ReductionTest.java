package dev.cortado.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.interpret.Program;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReductionTest {
  private static final int[] NONE = {};

  @ParameterizedTest
  @ValueSource(strings = {"sum", "mean", "max", "min", "variance", "populationVariance"})
  void overAnyDimensions(String method) {
    Program p = new Program().with("N", 3);
    Value x = p.input("N", 4, 2);
    Value all = p.call(method, x, NONE);
    assertThat(all.shape()).isEqualTo(Program.shape());
    assertThat(p.run(all)[0]).isCloseTo(reduce(method, p.data(x)), within(1e-12));
    Value outer = p.call(method, x, new int[] {0, -1});
    assertThat(outer.shape()).isEqualTo(Program.shape(4));
    double[] column = new double[6];
    for (int i = 0; i < 6; i++) {
      column[i] = p.data(x)[(i / 2 * 4 + 1) * 2 + i % 2];
    }
    assertThat(p.run(outer)[1]).isCloseTo(reduce(method, column), within(1e-12));
    Value kept = p.call(method, x, new Argument.KeepDims(List.of(-2)));
    assertThat(kept.shape()).isEqualTo(Program.shape("N", 1, 2));
    p.checkGradients(all, outer, kept);
  }

  private static double reduce(String method, double[] x) {
    double mean = Arrays.stream(x).average().orElseThrow();
    double squares = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum();
    return switch (method) {
      case "sum" -> Arrays.stream(x).sum();
      case "mean" -> mean;
      case "max" -> Arrays.stream(x).max().orElseThrow();
      case "min" -> Arrays.stream(x).min().orElseThrow();
      case "variance" -> squares / (x.length - 1);
      case "populationVariance" -> squares / x.length;
      default -> throw new IllegalArgumentException(method);
    };
  }

  @Test
  void equalExtremesShareTheGradient() {
    Program p = new Program();
    Value x = p.given(new double[] {3, 1, 3, 3, -1, -1}, 2, 3);
    assertThat(p.gradients(p.call("max", x, new int[] {1}), x))
        .containsExactly(0.5, 0, 0.5, 1, 0, 0);
    assertThat(p.gradients(p.call("min", x, new int[] {1}), x))
        .containsExactly(0, 1, 0, 0, 0.5, 0.5);
  }

  @Test
  void ofAScalarAndOfNothing() {
    Program p = new Program().with("N", 0);
    Value scalar = p.input();
    assertThat(p.call("sum", scalar, NONE)).isEqualTo(scalar);
    Value empty = p.input("N", 2);
    assertThat(p.run(p.call("sum", empty, new int[] {0}))).containsExactly(0, 0);
    assertThat(p.run(p.call("mean", empty, NONE))).containsExactly(Double.NaN);
    p.checkGradients(p.call("sum", empty, NONE));
  }

  @Test
  void dimensionsThatAreNotThere() {
    Program p = new Program();
    Value x = p.input(2, 3);
    assertThatThrownBy(() -> p.call("sum", x, new int[] {2}))
        .isInstanceOf(OpError.class)
        .hasMessage("sum: there is no dimension 2 in [2, 3]; use 0 to 1, or -1 to -2 from the end");
    assertThatThrownBy(() -> p.call("mean", x, new int[] {1, -1}))
        .hasMessage("mean: dimension -1 is given twice: [1, -1]");
  }

  @Test
  void argmax() {
    Program p = new Program().with("N", 2);
    Value x = p.given(new double[] {1, 5, 5, 7, -2, 0}, "N", 3);
    assertThat(p.run(p.call("argmax", x, 1))).containsExactly(1, 0);
    assertThat(p.run(p.call("argmax", x, 0))).containsExactly(1, 0, 0);
    assertThat(p.gradients(p.call("argmax", x, 0), x)).containsOnly(0);
  }

  @Test
  void topk() {
    Program p = new Program().with("N", 2);
    Value x = p.given(new double[] {1, 5, 5, 7, -2, 0, 1, 1, Double.NEGATIVE_INFINITY, -3}, "N", 5);
    List<Value> found = p.calls("topk", x, 4);
    assertThat(p.run(found.get(0))).containsExactly(7, 5, 5, 1, 1, 1, 0, -3);
    assertThat(p.run(found.get(1))).containsExactly(3, 1, 2, 0, 1, 2, 0, 4);
    Value y = p.input("N", 2, 6);
    p.checkGradients(p.calls("topk", y, 3).getFirst());
    assertThatThrownBy(() -> p.calls("topk", x, 6))
        .hasMessage("topk: k must be between 1 and 5, the last dimension of [N, 5], but is 6");
  }

  @Test
  void softmaxAndItsLogarithm() {
    Program p = new Program().with("N", 2);
    Value x = p.input("N", 3, 4);
    for (int dim : new int[] {0, 1, -1}) {
      Value y = p.call("softmax", x, dim);
      Value log = p.call("logSoftmax", x, dim);
      double[] out = p.run(y);
      double[] logs = p.run(log);
      for (int i = 0; i < out.length; i++) {
        assertThat(Math.exp(logs[i])).isCloseTo(out[i], within(1e-12));
      }
      double[] sums = p.run(p.call("sum", y, new int[] {dim}));
      for (double sum : sums) {
        assertThat(sum).isCloseTo(1, within(1e-12));
      }
      p.checkGradients(y, log);
    }
    Value large = p.given(new double[] {1000, 999, -1e5}, 3);
    assertThat(p.run(p.call("softmax", large, 0))[0])
        .isCloseTo(1 / (1 + Math.exp(-1)), within(1e-12));
    assertThat(p.run(p.call("logSoftmax", large, 0))).doesNotContain(Double.NEGATIVE_INFINITY);
  }

  @Test
  void lookups() {
    Program p = new Program().with("N", 3);
    Value table = p.input(5, 24);
    Value indices = p.integers(5, "N", 2);
    Value rows = p.call("embedding", table, indices);
    assertThat(rows.shape()).isEqualTo(Program.shape("N", 2, 24));
    double[] out = p.run(rows);
    for (int i = 0; i < out.length; i++) {
      int row = (int) p.data(indices)[i / 24];
      assertThat(out[i]).isEqualTo(p.data(table)[row * 24 + i % 24]);
    }
    p.checkGradients(rows);
    Value narrow = p.input(5, 3);
    p.checkGradients(p.call("embedding", narrow, indices));
    assertThat(p.run(p.call("oneHot", p.givenLabels(new double[] {2, 0}, 2), 3)))
        .containsExactly(0, 0, 1, 1, 0, 0);
    assertThatThrownBy(() -> p.call("embedding", p.input(3), indices))
        .hasMessage("embedding: the table must be [rows, features], but is [3]");
  }

  @Test
  void dropout() {
    Program p = new Program();
    Value x = p.between(1, 2, 1000);
    Value y = p.call("dropout", x, 0.3);
    double[] out = p.run(y);
    long dropped = Arrays.stream(out).filter(v -> v == 0).count();
    assertThat(dropped).isBetween(240L, 360L);
    for (int i = 0; i < out.length; i++) {
      assertThat(out[i] == 0 || Math.abs(out[i] - p.data(x)[i] / 0.7) < 1e-9).isTrue();
    }
    double[] gradient = p.gradients(y, x);
    for (int i = 0; i < out.length; i++) {
      assertThat(gradient[i]).isCloseTo(out[i] == 0 ? 0 : 1 / 0.7, within(1e-9));
    }
    Value other = p.call("dropout", x, 0.3);
    assertThat(p.run(other)).isNotEqualTo(out);
    assertThat(p.call("dropout", x, 0.0)).isEqualTo(x);
    assertThat(p.run(p.call("dropout", x, 1.0))).containsOnly(0);
    assertThatThrownBy(() -> p.call("dropout", x, 1.5))
        .hasMessage("dropout: the probability must be between 0 and 1, but is 1.5");
  }
}
