package dev.cortado.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.compiler.autodiff.Gradients;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.interpret.Program;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTest {
  /** {@code tanh(state U + x W)}, the weights from outside of the step. */
  private static Argument.Step elman(Value u, Value w) {
    return (body, state, x, capture) -> {
      Value fromState = MatMul.multiply(body, state.getFirst(), capture.captured(u));
      Value fromInput = MatMul.multiply(body, x, capture.captured(w));
      return new Argument.Staged(
          List.of(Program.call(body, "tanh", Arithmetic.add(body, fromState, fromInput))));
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5})
  void lastState(int length) {
    Program p = new Program().with("N", 2).with("T", length);
    Value xs = p.input("N", "T", 3);
    Value u = p.input(4, 4);
    Value w = p.input(3, 4);
    Value start = p.input("N", 4);
    Value last = p.call("scan", elman(u, w), start, xs, 1);
    assertThat(last.shape()).isEqualTo(Program.shape("N", 4));
    double[] expected = p.data(start).clone();
    for (int t = 0; t < length; t++) {
      expected = step(expected, p, xs, u, w, t, length);
    }
    assertThat(p.run(last)).containsExactly(expected, within(1e-12));
    p.checkGradients(last);
  }

  private static double[] step(
      double[] state, Program p, Value xs, Value u, Value w, int t, int length) {
    double[] next = new double[8];
    for (int n = 0; n < 2; n++) {
      for (int j = 0; j < 4; j++) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
          sum += state[n * 4 + i] * p.data(u)[i * 4 + j];
        }
        for (int i = 0; i < 3; i++) {
          sum += p.data(xs)[(n * length + t) * 3 + i] * p.data(w)[i * 4 + j];
        }
        next[n * 4 + j] = Math.tanh(sum);
      }
    }
    return next;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, -1})
  void allStatesAlongAnyDimension(int dim) {
    Program p = new Program().with("N", 2).with("T", 3);
    Value xs =
        dim == 0 ? p.input("T", "N", 2) : dim == 1 ? p.input("N", "T", 2) : p.input("N", 2, "T");
    Value start = p.input("N", 2);
    Argument.Step step =
        (body, state, x, capture) ->
            new Argument.Staged(
                List.of(Arithmetic.mul(body, Arithmetic.add(body, state.getFirst(), x), x)));
    Value all = p.call("scanAll", step, start, xs, dim);
    assertThat(all.shape()).isEqualTo(xs.shape());
    Value last = p.call("scan", step, start, xs, dim);
    p.checkGradients(all, last);
    assertThat(p.run(p.call("select", all, dim, -1))).containsExactly(p.run(last));
  }

  @Test
  void aRecordOfStates() {
    Program p = new Program().with("N", 2).with("T", 4);
    Value xs = p.input("T", "N", 3);
    Value decay = p.between(0, 1, 3);
    Argument.Step step =
        (body, state, x, capture) -> {
          Value slow =
              Arithmetic.add(body, Arithmetic.mul(body, state.get(0), capture.captured(decay)), x);
          Value count = Arithmetic.add(body, state.get(1), Arithmetic.mul(body, slow, slow));
          return new Argument.Staged(List.of(slow, count));
        };
    List<Value> start = List.of(p.input("N", 3), p.input("N", 3));
    List<Value> last = p.calls("scan", step, start, xs, 0);
    p.checkGradients(last.get(1));
    List<Value> all = p.calls("scanAll", step, start, xs, 0);
    assertThat(all).extracting(Value::shape).containsOnly(Program.shape("T", "N", 3));
    p.checkGradients(all.get(0), last.get(1));
  }

  @Test
  void aScanInsideOfAScan() {
    Program p = new Program().with("N", 2).with("T", 3);
    Value xs = p.input("T", "N", 4);
    Value scale = p.input(1);
    Argument.Step inner =
        (body, state, x, capture) ->
            new Argument.Staged(
                List.of(
                    Program.call(
                        body,
                        "tanh",
                        Arithmetic.add(
                            body,
                            state.getFirst(),
                            Arithmetic.mul(body, x, capture.captured(scale))))));
    Argument.Step outer =
        (body, state, x, capture) -> {
          Argument.Step within =
              (deep, s, v, own) ->
                  inner.stage(deep, s, v, value -> own.captured(capture.captured(value)));
          return new Argument.Staged(
              List.of(Program.call(body, "scan", within, state.getFirst(), x, 1)));
        };
    Value last = p.call("scan", outer, p.input("N"), xs, 0);
    assertThat(last.shape()).isEqualTo(Program.shape("N"));
    p.checkGradients(last);
  }

  @Test
  void dropoutDrawsAnewInEveryStepAndTheSameForItsGradient() {
    Program p = new Program().with("T", 6);
    Value xs = p.between(1, 2, "T", 5);
    Argument.Step step =
        (body, state, x, capture) ->
            new Argument.Staged(
                List.of(
                    Arithmetic.add(body, state.getFirst(), Program.call(body, "dropout", x, 0.5))));
    Value all = p.call("scanAll", step, p.call("zeros", (Object) new int[] {5}), xs, 0);
    double[] out = p.run(all);
    boolean[][] dropped = new boolean[6][5];
    for (int t = 1; t < 6; t++) {
      for (int i = 0; i < 5; i++) {
        dropped[t][i] = out[t * 5 + i] == out[(t - 1) * 5 + i];
      }
    }
    assertThat(java.util.Arrays.stream(dropped).map(java.util.Arrays::toString).distinct().count())
        .isGreaterThan(3);
    p.checkGradients(all);
  }

  @Test
  void theGradientComputesOnlyWhatIsWanted() {
    Program p = new Program().with("N", 2).with("T", 3);
    Value xs = p.input("N", "T", 3);
    Value u = p.input(4, 4);
    Value w = p.input(3, 4);
    Value last = p.call("scan", elman(u, w), p.input("N", 4), xs, 1);
    GraphBuilder graph = p.graph();
    Gradients onlyU = Gradients.ofOutputs(graph.build(), List.of(last), List.of(u));
    Node backward = onlyU.gradients().getFirst().node();
    Scan scan = (Scan) backward.op();
    assertThat(scan.reverse()).isTrue();
    assertThat(scan.stacked()).isEmpty();
    assertThat(scan.states()).isEqualTo(2);
    p.checkGradients(List.of(last), List.of(u));
  }

  @Test
  void aStateThatChangesShape() {
    Program p = new Program().with("N", 2).with("T", 3);
    Value xs = p.input("T", "N", 3);
    Value start = p.input(1, 3);
    Argument.Step step =
        (body, state, x, capture) ->
            new Argument.Staged(List.of(Arithmetic.add(body, state.getFirst(), x)));
    assertThatThrownBy(() -> p.call("scan", step, start, xs, 0))
        .isInstanceOf(OpError.class)
        .hasMessage(
            "scan: the step must keep the state's shape [1, 3], but returns [N, 3]; start from a"
                + " state of that shape");
  }
}
