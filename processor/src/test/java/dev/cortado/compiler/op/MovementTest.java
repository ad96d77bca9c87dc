package dev.cortado.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Requirement;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.interpret.Program;
import dev.cortado.compiler.shape.Poly;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovementTest {
  private final Program p = new Program().with("N", 2).with("T", 3);

  private static double[] counting(int count) {
    double[] data = new double[count];
    for (int i = 0; i < count; i++) {
      data[i] = i;
    }
    return data;
  }

  private static int[] dims(int... dims) {
    return dims;
  }

  private Object[] mixed(Object... dims) {
    return dims;
  }

  private void fails(String message, Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(OpError.class).hasMessage(message);
  }

  @Test
  void reshapeAndFlatten() {
    Value x = p.input("N", 4, 6);
    Value y = p.call("reshape", x, (Object) mixed(Poly.symbol("N"), -1, 2));
    assertThat(y.shape()).isEqualTo(Program.shape("N", 12, 2));
    assertThat(p.run(y)).isEqualTo(p.data(x));
    p.checkGradients(p.call("tanh", y));
    assertThat(p.call("flatten", x).shape()).isEqualTo(Program.shape("N", 24));
    assertThat(p.call("flatten", x, 0).shape())
        .isEqualTo(Program.shape(Poly.symbol("N").times(24)));
    Value back = p.call("reshape", y, (Object) mixed(Poly.symbol("N"), 4, 6));
    assertThat(back).as("a reshape back is nothing").isEqualTo(x);
    fails(
        "reshape: [N, 4, 6] has 24*N elements, but [N, 5] has 5*N; both must be equal (one"
            + " dimension may be -1)",
        () -> p.call("reshape", x, (Object) mixed(Poly.symbol("N"), 5)));
    fails(
        "reshape: [N, 4, 6] has 24*N elements, which 7 does not divide, so [7, -1] cannot be"
            + " completed",
        () -> p.call("reshape", x, (Object) dims(7, -1)));
    fails(
        "reshape: [-1, -1] leaves more than one dimension open; give one -1",
        () -> p.call("reshape", x, (Object) dims(-1, -1)));
  }

  @Test
  void aSumOfSymbolsDividesOut() {
    Value x = p.input("N", Poly.symbol("T").plus(1), 4);
    Value y = p.call("reshape", x, (Object) mixed(Poly.symbol("T").plus(1), -1));
    assertThat(y.shape().dim(1)).isEqualTo(Poly.symbol("N").times(4));
    assertThat(p.run(y)).isEqualTo(p.data(x));
  }

  @Test
  void squeezeAndUnsqueeze() {
    Value x = p.input("N", 1, 3);
    assertThat(p.call("squeeze", x, -2).shape()).isEqualTo(Program.shape("N", 3));
    assertThat(p.call("unsqueeze", x, -1).shape()).isEqualTo(Program.shape("N", 1, 3, 1));
    assertThat(p.call("unsqueeze", x, 0).shape()).isEqualTo(Program.shape(1, "N", 1, 3));
    fails(
        "squeeze: dimension 2 of [N, 1, 3] must have size 1, but has 3",
        () -> p.call("squeeze", x, 2));
    fails(
        "squeeze: there is no dimension 3 in [N, 1, 3]; use 0 to 2, or -1 to -3 from the end",
        () -> p.call("squeeze", x, 3));
  }

  @Test
  void permuteAndTranspose() {
    Value x = p.given(counting(24), "N", 3, 4);
    Value y = p.call("permute", x, (Object) dims(2, 0, 1));
    assertThat(y.shape()).isEqualTo(Program.shape(4, "N", 3));
    double[] out = p.run(y);
    for (int i = 0; i < 4; i++) {
      for (int n = 0; n < 2; n++) {
        for (int j = 0; j < 3; j++) {
          assertThat(out[(i * 2 + n) * 3 + j]).isEqualTo((n * 3 + j) * 4 + i);
        }
      }
    }
    p.checkGradients(p.call("mul", y, p.input(4, 1, 3)));
    Value back = p.call("permute", y, (Object) dims(1, 2, 0));
    assertThat(back).as("a permutation back is nothing").isEqualTo(x);
    assertThat(p.call("transpose", x, 0, -1).shape()).isEqualTo(Program.shape(4, 3, "N"));
    Value thin = p.input(1, "N", 1, 3);
    assertThat(p.call("permute", thin, (Object) dims(1, 0, 3, 2)).node().op())
        .as("sizes of 1 move for free")
        .isInstanceOf(Reshape.class);
    fails(
        "permute: [0, 0, 1] must name each of the 3 dimensions of [N, 3, 4] once",
        () -> p.call("permute", x, (Object) dims(0, 0, 1)));
  }

  @Test
  void expand() {
    Value x = p.input(3, 1);
    Value y = p.call("expand", x, (Object) mixed(Poly.symbol("N"), -1, 4));
    assertThat(y.shape()).isEqualTo(Program.shape("N", 3, 4));
    assertThat(p.run(y)[23]).isEqualTo(p.data(x)[2]);
    p.checkGradients(p.call("tanh", y));
    fails(
        "expand: [3, 1] cannot be repeated to [4, 1]; only sizes of 1 and missing leading"
            + " dimensions can be",
        () -> p.call("expand", x, (Object) dims(4, 1)));
  }

  @Test
  void slice() {
    Value x = p.given(counting(14), "N", 7);
    assertThat(p.run(p.call("slice", x, 1, 1, -1, 2))).containsExactly(1, 3, 5, 8, 10, 12);
    assertThat(p.run(p.call("slice", x, -1, 5, 7))).containsExactly(5, 6, 12, 13);
    assertThat(p.run(p.call("slice", x, 0, -1, Poly.symbol("N"))))
        .containsExactly(7, 8, 9, 10, 11, 12, 13);
    for (int step = 1; step < 9; step++) {
      p.checkGradients(p.call("tanh", p.call("slice", x, 1, 1, 6, step)));
    }
    fails(
        "slice: from 3 to 8 does not lie inside dimension 1 of [N, 7], which goes from 0 to 7;"
            + " negative indices count from the end",
        () -> p.call("slice", x, 1, 3, 8));
    fails("slice: the step must be at least 1, but is 0", () -> p.call("slice", x, 1, 0, 3, 0));
  }

  @Test
  void theGradientOfASlicesGradient() {
    Value x = p.input(7);
    Value y = p.graph().apply(new Pad(0, Poly.of(2), Poly.of(24), 3, 0), x);
    double[] out = p.run(y);
    for (int i = 0; i < 24; i++) {
      boolean hit = i >= 2 && (i - 2) % 3 == 0 && (i - 2) / 3 < 7;
      assertThat(out[i]).isEqualTo(hit ? p.data(x)[(i - 2) / 3] : 0);
    }
    p.checkGradients(y);
  }

  @Test
  void select() {
    Value x = p.given(counting(12), "N", 3, 2);
    Value last = p.call("select", x, 1, -1);
    assertThat(last.shape()).isEqualTo(Program.shape("N", 2));
    assertThat(p.run(last)).containsExactly(4, 5, 10, 11);
    p.checkGradients(last);
    fails(
        "select: index 3 does not lie inside dimension 1 of [N, 3, 2], whose size is 3",
        () -> p.call("select", x, 1, 3));
    Value sequence = p.input("T", 2);
    assertThat(p.call("select", sequence, 0, -1).shape()).isEqualTo(Program.shape(2));
    Value second = p.call("select", sequence, 0, 1);
    assertThat(Requirement.of(p.graph().build()))
        .as("known only when T is")
        .containsExactly(new Requirement(Poly.symbol("T").minus(2), second.node().input(0).node()));
  }

  @Test
  void pad() {
    Value x = p.given(counting(4), "N", 2);
    assertThat(p.run(p.call("pad", x, 1, 1, 2, 9.0))).containsExactly(9, 0, 1, 9, 9, 9, 2, 3, 9, 9);
    Value y = p.call("pad", x, 0, 2, 1);
    assertThat(y.shape()).isEqualTo(Program.shape(Poly.symbol("N").plus(3), 2));
    p.checkGradients(y, p.call("pad", x, 1, 0, 1));
    fails(
        "pad: counts must be at least 0, but are -1 and 0; slice makes a tensor smaller",
        () -> p.call("pad", x, 1, -1, 0));
  }

  @Test
  void concatAndStack() {
    Value a = p.given(counting(4), "N", 2);
    Value b = p.input("N", 1);
    Value c = p.input("N", 3);
    Value y = p.call("concat", 1, List.of(a, b, c));
    assertThat(y.shape()).isEqualTo(Program.shape("N", 6));
    assertThat(p.run(y))
        .startsWith(0, 1, p.data(b)[0], p.data(c)[0])
        .endsWith(p.data(c)[3], p.data(c)[4], p.data(c)[5]);
    p.checkGradients(p.call("tanh", y));
    Value stacked = p.call("stack", -1, (Object) new Value[] {a, a});
    assertThat(stacked.shape()).isEqualTo(Program.shape("N", 2, 2));
    assertThat(p.run(stacked)).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
    p.checkGradients(stacked);
    assertThat(p.call("concat", 0, List.of(a, a)).shape())
        .isEqualTo(Program.shape(Poly.symbol("N").times(2), 2));
    fails(
        "concat: all sizes but that of dimension 0 must be equal, but the first tensor is [N, 2]"
            + " and the 2nd is [N, 1]",
        () -> p.call("concat", 0, List.of(a, b)));
    fails(
        "stack: all tensors must have one shape, but the first is [N, 2] and the 2nd is [N, 1]",
        () -> p.call("stack", 0, List.of(a, b)));
    fails(
        "concat: expected at least one tensor, but got none", () -> p.call("concat", 0, List.of()));
  }

  @Test
  void split() {
    Value x = p.given(counting(14), "N", 7);
    List<Value> parts = p.calls("split", x, 1, (Object) dims(3));
    assertThat(parts).extracting(v -> v.shape().dim(1).intConstant()).containsExactly(3, 3, 1);
    assertThat(p.run(parts.get(2))).containsExactly(6, 13);
    List<Value> named = p.calls("split", x, 1, (Object) dims(2, 5));
    p.checkGradients(p.call("tanh", named.get(1)));
    Value even = p.input("N", Poly.symbol("T").times(2));
    assertThat(p.calls("split", even, 1, (Object) mixed(Poly.symbol("T")))).hasSize(2);
    fails(
        "split: the sizes [3, 3] add up to 6, but dimension 1 of [N, 7] has 7",
        () -> p.calls("split", x, 1, (Object) dims(3, 3)));
  }

  @Test
  void fromNothing() {
    assertThat(p.run(p.call("arange", 4))).containsExactly(0, 1, 2, 3);
    assertThat(p.run(p.call("arange", 2, Poly.symbol("T").plus(2)))).containsExactly(2, 3, 4);
    assertThat(p.run(p.call("eye", 2))).containsExactly(1, 0, 0, 1);
    assertThat(p.run(p.call("lowerTriangle", 2, Poly.symbol("T"))))
        .containsExactly(1, 0, 0, 1, 1, 0);
    assertThat(p.run(p.call("full", 2.5, (Object) mixed(Poly.symbol("N")))))
        .containsExactly(2.5, 2.5);
    assertThat(p.run(p.call("ones", (Object) dims(2)))).containsExactly(1, 1);
    fails(
        "zeros: sizes must not be negative, but got [2, -1]",
        () -> p.call("zeros", (Object) dims(2, -1)));
  }
}
