package dev.cortado;

import static dev.cortado.Expected.assertClose;
import static dev.cortado.Expected.assertRejected;
import static dev.cortado.Expected.assertTensor;
import static dev.cortado.Expected.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CreationTest {
  @Test
  void constants() {
    assertTensor(Ops.ones(2, 1), shape(2, 1), 1, 1);
    assertTensor(Ops.zeros(), shape(), 0);
    assertTensor(Ops.full(-2.5, 2), shape(2), -2.5, -2.5);
    assertTensor(Ops.arange(3), shape(3), 0, 1, 2);
    assertTensor(Ops.arange(-1, 2), shape(3), -1, 0, 1);
    assertTensor(Ops.arange(0), shape(0));
    assertTensor(Ops.eye(2), shape(2, 2), 1, 0, 0, 1);
    assertTensor(Ops.lowerTriangle(2, 3), shape(2, 3), 1, 0, 0, 1, 1, 0);
    assertRejected(() -> Ops.arange(2, 1), "at least 2", "1 came");
    assertRejected(() -> Ops.ones(2, -1), "negative", "[2, -1]");
  }

  @Test
  void randomValuesFollowTheirDistribution() {
    Eager.seed(1);
    Tensor uniform = Ops.uniform(-1, 3, 100, 100);
    assertThat(uniform.shape()).containsExactly(100, 100);
    assertThat(Ops.min(uniform).item()).isBetween(-1.0, -0.99);
    assertThat(Ops.max(uniform).item()).isBetween(2.99, 3.0);
    assertThat(Ops.mean(uniform).item()).isCloseTo(1, within(0.05));
    Tensor normal = Ops.normal(2, 0.5, 10_000);
    assertThat(Ops.mean(normal).item()).isCloseTo(2, within(0.02));
    assertThat(Math.sqrt(Ops.variance(normal).item())).isCloseTo(0.5, within(0.02));
  }

  @Test
  void theSeedDecides() {
    Eager.seed(5);
    Tensor first = Ops.uniform(0, 1, 4);
    Tensor second = Ops.uniform(0, 1, 4);
    Eager.seed(5);
    assertClose(Ops.uniform(0, 1, 4), first);
    assertThat(second.toDoubles()).isNotEqualTo(first.toDoubles());
    assertRejected(() -> Ops.uniform(1, 0, 2), "low <= high");
    assertRejected(() -> Ops.normal(0, -1, 2), "at least 0", "-1.0");
  }

  @Test
  void oneHot() {
    assertTensor(Ops.oneHot(Labels.of(new int[] {2, 0}, 2), 3), shape(2, 3), 0, 0, 1, 1, 0, 0);
    assertTensor(Ops.oneHot(IntTensor.of(new int[] {1, 0}, 1, 2), 2), shape(1, 2, 2), 0, 1, 1, 0);
    assertTensor(Ops.oneHot(Labels.of(new int[0], 0), 3), shape(0, 3));
    assertRejected(() -> Ops.oneHot(Labels.of(new int[] {3}, 1), 3), "oneHot", "0 to 2", "3 came");
  }

  @Test
  void embedding() {
    Tensor table = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 3, 2);
    assertTensor(
        Ops.embedding(table, IntTensor.of(new int[] {2, 0, 2, 1}, 2, 2)),
        shape(2, 2, 2),
        5,
        6,
        1,
        2,
        5,
        6,
        3,
        4);
    assertTensor(Ops.embedding(table, IntTensor.of(new int[] {1})), shape(2), 3, 4);
    assertTensor(Ops.embedding(table, IntTensor.of(new int[0], 0, 4)), shape(0, 4, 2));
    assertRejected(
        () -> Ops.embedding(table, IntTensor.of(new int[] {-1}, 1)), "0 to 2", "-1 came");
    assertRejected(
        () -> Ops.embedding(Ops.ones(3), IntTensor.of(new int[] {0}, 1)),
        "[rows, features]",
        "[3] came");
  }
}
