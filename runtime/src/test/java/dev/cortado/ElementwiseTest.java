package dev.cortado;

import static dev.cortado.Expected.assertClose;
import static dev.cortado.Expected.assertRejected;
import static dev.cortado.Expected.assertScalar;
import static dev.cortado.Expected.assertTensor;
import static dev.cortado.Expected.shape;
import static dev.cortado.Expected.varied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ElementwiseTest {
  private static final Tensor SOME =
      Tensor.of(new double[] {-8, -3.5, -1, -0.25, 0, 0.25, 1, 2.5, 3, 8}, 2, 5);

  private static Tensor row(double... values) {
    return Tensor.of(values, values.length);
  }

  private static void check(UnaryOperator<Tensor> actual, DoubleUnaryOperator expected) {
    double[] values = SOME.toDoubles();
    for (int i = 0; i < values.length; i++) {
      values[i] = expected.applyAsDouble(values[i]);
    }
    assertTensor(actual.apply(SOME), shape(2, 5), values);
  }

  @Test
  void arithmeticOfEqualShapes() {
    Tensor a = row(1, -2, 3);
    Tensor b = row(4, 5, -6);
    assertTensor(Ops.add(a, b), shape(3), 5, 3, -3);
    assertTensor(Ops.sub(a, b), shape(3), -3, -7, 9);
    assertTensor(Ops.mul(a, b), shape(3), 4, -10, -18);
    assertTensor(Ops.div(a, b), shape(3), 0.25, -0.4, -0.5);
    assertTensor(Ops.maximum(a, b), shape(3), 4, 5, 3);
    assertTensor(Ops.minimum(a, b), shape(3), 1, -2, -6);
    assertTensor(Ops.pow(row(2, 3, 4), row(3, 2, 0.5)), shape(3), 8, 9, 2);
  }

  @Test
  void scalarsOnEitherSide() {
    Tensor a = row(1, 2, 4);
    assertTensor(Ops.add(a, 1), shape(3), 2, 3, 5);
    assertTensor(Ops.add(1, a), shape(3), 2, 3, 5);
    assertTensor(Ops.sub(a, 1), shape(3), 0, 1, 3);
    assertTensor(Ops.sub(1, a), shape(3), 0, -1, -3);
    assertTensor(Ops.mul(a, 3), shape(3), 3, 6, 12);
    assertTensor(Ops.mul(3, a), shape(3), 3, 6, 12);
    assertTensor(Ops.div(a, 2), shape(3), 0.5, 1, 2);
    assertTensor(Ops.div(2, a), shape(3), 2, 1, 0.5);
    assertTensor(Ops.pow(a, 2), shape(3), 1, 4, 16);
    assertTensor(Ops.pow(2, a), shape(3), 2, 4, 16);
    assertTensor(Ops.maximum(a, 2), shape(3), 2, 2, 4);
    assertTensor(Ops.maximum(2, a), shape(3), 2, 2, 4);
    assertTensor(Ops.minimum(a, 2), shape(3), 1, 2, 2);
    assertTensor(Ops.minimum(2, a), shape(3), 1, 2, 2);
  }

  @Test
  void broadcastsOnBothSides() {
    Tensor column = Tensor.of(new double[] {10, 20}, 2, 1);
    assertTensor(Ops.add(column, row(1, 2, 3)), shape(2, 3), 11, 12, 13, 21, 22, 23);
    assertTensor(Ops.add(row(1, 2, 3), column), shape(2, 3), 11, 12, 13, 21, 22, 23);
    assertTensor(Ops.mul(Tensor.scalar(2), column), shape(2, 1), 20, 40);
    assertThat(Ops.add(Ops.ones(2, 1, 4, 1), Ops.ones(3, 1, 5)).shape())
        .containsExactly(2, 3, 4, 5);
  }

  @Test
  void broadcastsNothing() {
    assertTensor(Ops.add(Ops.zeros(0, 3), row(1, 2, 3)), shape(0, 3));
    assertTensor(Ops.add(Ops.zeros(0, 1), Ops.ones(1, 3)), shape(0, 3));
    assertScalar(Ops.add(Tensor.scalar(1), Tensor.scalar(2)), 3);
  }

  @Test
  void refusesWhatDoesNotBroadcast() {
    assertRejected(
        () -> Ops.add(Ops.ones(2, 3), Ops.ones(2)),
        "add expects shapes that broadcast",
        "[2, 3] and [2]",
        "neither is 1");
    assertRejected(
        () -> Ops.where(Ops.ones(2), Ops.ones(3), Ops.ones(1)), "where", "[2] and [3] and [1]");
  }

  @Test
  void plainFunctions() {
    check(Ops::neg, v -> -v);
    check(Ops::abs, Math::abs);
    check(Ops::exp, Math::exp);
    check(Ops::tanh, v -> (Math.exp(2 * v) - 1) / (Math.exp(2 * v) + 1));
    Tensor positive = row(0.25, 1, 4);
    assertTensor(Ops.log(Ops.exp(positive)), shape(3), 0.25, 1, 4);
    assertTensor(Ops.sqrt(positive), shape(3), 0.5, 1, 2);
    assertTensor(Ops.rsqrt(positive), shape(3), 2, 1, 0.5);
    assertTensor(Ops.log1p(row(1e-15, Math.E - 1)), shape(2), 1e-15, 1);
    check(x -> Ops.clamp(x, -1, 2), v -> v < -1 ? -1 : v > 2 ? 2 : v);
  }

  @Test
  void clampWantsItsBoundsInOrder() {
    assertRejected(() -> Ops.clamp(SOME, 2, 1), "low <= high", "2.0 and 1.0");
  }

  @Test
  void masks() {
    Tensor a = row(1, 2, 3);
    Tensor b = row(2, 2, 2);
    assertTensor(Ops.less(a, b), shape(3), 1, 0, 0);
    assertTensor(Ops.lessEqual(a, b), shape(3), 1, 1, 0);
    assertTensor(Ops.greater(a, b), shape(3), 0, 0, 1);
    assertTensor(Ops.greaterEqual(a, b), shape(3), 0, 1, 1);
    assertTensor(Ops.equal(a, b), shape(3), 0, 1, 0);
    assertTensor(Ops.notEqual(a, b), shape(3), 1, 0, 1);
    assertTensor(Ops.less(a, 2), shape(3), 1, 0, 0);
    assertTensor(Ops.lessEqual(a, 2), shape(3), 1, 1, 0);
    assertTensor(Ops.greater(a, 2), shape(3), 0, 0, 1);
    assertTensor(Ops.greaterEqual(a, 2), shape(3), 0, 1, 1);
    assertTensor(Ops.equal(a, 2), shape(3), 0, 1, 0);
    assertTensor(Ops.notEqual(a, 2), shape(3), 1, 0, 1);
  }

  @Test
  void whereChooses() {
    Tensor mask = row(1, 0, -2);
    assertTensor(Ops.where(mask, row(1, 2, 3), row(4, 5, 6)), shape(3), 1, 5, 3);
    assertTensor(Ops.where(mask, row(1, 2, 3), 0), shape(3), 1, 0, 3);
    assertTensor(Ops.where(mask, 0, row(4, 5, 6)), shape(3), 0, 5, 0);
    assertTensor(Ops.where(mask, 7, 8), shape(3), 7, 8, 7);
    Tensor column = Tensor.of(new double[] {1, 2}, 2, 1);
    assertTensor(Ops.where(mask, column, 0), shape(2, 3), 1, 0, 1, 2, 0, 2);
  }

  @Test
  void whereHidesWhatIsNotChosen() {
    assertTensor(Ops.where(row(0, 1), Ops.log(row(-1, 1)), 5), shape(2), 5, 0);
  }

  @Test
  void activations() {
    check(Ops::relu, v -> v > 0 ? v : 0);
    check(Ops::leakyRelu, v -> v > 0 ? v : 0.01 * v);
    check(x -> Ops.leakyRelu(x, 0.3), v -> v > 0 ? v : 0.3 * v);
    check(Ops::elu, v -> v > 0 ? v : Math.exp(v) - 1);
    check(x -> Ops.elu(x, 0.7), v -> v > 0 ? v : 0.7 * (Math.exp(v) - 1));
    check(Ops::sigmoid, v -> 1 / (1 + Math.exp(-v)));
    check(Ops::silu, v -> v / (1 + Math.exp(-v)));
    check(Ops::softplus, v -> Math.log(1 + Math.exp(v)));
    check(Ops::hardSigmoid, v -> v <= -3 ? 0 : v >= 3 ? 1 : v / 6 + 0.5);
    check(Ops::hardSwish, v -> v <= -3 ? 0 : v >= 3 ? v : v * (v + 3) / 6);
    check(
        Ops::selu, v -> 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * (Math.exp(v) - 1)));
  }

  @Test
  void gelu() {
    // 0.8413447460685429 is Φ(1), 0.9772498680518208 is Φ(2).
    assertTensor(
        Ops.gelu(row(-2, -1, 0, 1, 2, 40, -40)),
        shape(7),
        -2 * (1 - 0.9772498680518208),
        -(1 - 0.8413447460685429),
        0,
        0.8413447460685429,
        2 * 0.9772498680518208,
        40,
        0);
    assertTensor(Ops.geluTanh(row(1, -1)), shape(2), 0.8411919906082768, -0.1588080093917233);
  }

  @Test
  void errorFunction() {
    // Abramowitz and Stegun, table 7.1; the last from its asymptotic series.
    assertThat(EagerFunctions.erf(0)).isZero();
    assertThat(EagerFunctions.erf(0.5)).isCloseTo(0.5204998778130465, within(2e-16));
    assertThat(EagerFunctions.erf(1)).isCloseTo(0.8427007929497149, within(2e-16));
    assertThat(EagerFunctions.erf(-2)).isCloseTo(-0.9953222650189527, within(3e-16));
    assertThat(EagerFunctions.erf(3.5)).isCloseTo(0.9999992569016276, within(1e-15));
    assertThat(EagerFunctions.erf(5.99)).isCloseTo(1, within(4e-15));
    assertThat(EagerFunctions.erf(1e-300)).isCloseTo(1.1283791670955126e-300, within(1e-315));
    assertThat(EagerFunctions.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(EagerFunctions.erf(Double.NaN)).isNaN();
  }

  @Test
  void farOutNothingOverflows() {
    Tensor far = row(-1000, 1000);
    assertTensor(Ops.sigmoid(far), shape(2), 0, 1);
    assertTensor(Ops.softplus(far), shape(2), 0, 1000);
    assertTensor(Ops.silu(far), shape(2), 0, 1000);
    assertTensor(Ops.gelu(far), shape(2), 0, 1000);
    assertTensor(Ops.geluTanh(far), shape(2), 0, 1000);
  }

  @Test
  void mapOfOneTwoAndThree() {
    Tensor x = row(1, 2, 3);
    assertTensor(Ops.map(v -> v * v * v, x), shape(3), 1, 8, 27);
    assertTensor(Ops.map(v -> Math.exp(v), x), shape(3), Math.exp(1), Math.exp(2), Math.exp(3));
    assertClose(Ops.map(Math::tanh, x), Ops.tanh(x));
    Tensor column = Tensor.of(new double[] {2, 0}, 2, 1);
    assertTensor(Ops.map((a, b) -> a > b ? a : 10 * b, x, column), shape(2, 3), 20, 20, 3, 1, 2, 3);
    assertTensor(Ops.map((a, b, c) -> a * b + c, x, x, Tensor.scalar(1)), shape(3), 2, 5, 10);
  }

  @Test
  void mapRoundsItsInputsToFloat() {
    assertTensor(Ops.map(v -> v, row(0.1)), shape(1), 0.1f);
  }

  @Test
  void aGoodDropoutKeepsTheMean() {
    Tensor x = Ops.ones(10_000);
    assertThat(Ops.dropout(x, 0.3)).isSameAs(x);
    Eager.seed(7);
    Tensor dropped = Eager.training(() -> Ops.dropout(x, 0.3));
    assertThat(Ops.mean(dropped).item()).isCloseTo(1, within(0.03));
    for (double value : dropped.toDoubles()) {
      assertThat(value == 0 || value == 1 / 0.7).isTrue();
    }
    Eager.seed(7);
    assertClose(Eager.training(() -> Ops.dropout(x, 0.3)), dropped);
    assertThat(Ops.dropout(x, 0.3)).isSameAs(x);
    assertRejected(() -> Ops.dropout(x, 1), "below 1", "1.0 came");
  }

  @Test
  void nothingChangesItsArguments() {
    Tensor x = varied(1, 2, 3);
    double[] before = x.toDoubles();
    Tensor unused = Ops.relu(Ops.add(Ops.neg(x), 1));
    assertThat(unused.count()).isEqualTo(6);
    assertThat(x.toDoubles()).isEqualTo(before);
  }
}
