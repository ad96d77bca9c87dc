package dev.cortado;

import static dev.cortado.Expected.assertClose;
import static dev.cortado.Expected.assertRejected;
import static dev.cortado.Expected.assertTensor;
import static dev.cortado.Expected.shape;
import static dev.cortado.Expected.varied;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScanTest {
  private record Pair(Tensor sum, Tensor product) {}

  private record Nested(Pair pair, Tensor count) {}

  private static final Tensor XS = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);

  @Test
  void lastState() {
    assertTensor(Ops.scan((s, x) -> Ops.add(s, x), Ops.zeros(2), XS, 1), shape(2), 6, 15);
    assertTensor(Ops.scan(Ops::sub, Ops.zeros(3), XS, 0), shape(3), -5, -7, -9);
    assertTensor(
        Ops.scan((s, x) -> Ops.add(Ops.mul(s, 10), x), Ops.zeros(2), XS, -1), shape(2), 123, 456);
  }

  @Test
  void allStates() {
    assertTensor(
        Ops.scanAll((s, x) -> Ops.add(s, x), Ops.zeros(2), XS, 1), shape(2, 3), 1, 3, 6, 4, 9, 15);
    assertTensor(
        Ops.scanAll((s, x) -> Ops.add(s, x), Ops.zeros(3), XS, 0), shape(2, 3), 1, 2, 3, 5, 7, 9);
  }

  /** A row of recurrent units by scan and by a plain loop. */
  @Test
  void aStateOfAnotherWidth() {
    Tensor xs = varied(1, 2, 5, 3);
    Tensor in = varied(2, 3, 4);
    Tensor back = varied(3, 4, 4);
    ScanStep<Tensor> step = (h, x) -> Ops.tanh(Ops.add(Ops.matmul(x, in), Ops.matmul(h, back)));
    Tensor h = Ops.zeros(2, 4);
    Tensor all = Ops.scanAll(step, h, xs, 1);
    assertThat(all.shape()).containsExactly(2, 5, 4);
    for (int t = 0; t < 5; t++) {
      h = step.next(h, Ops.select(xs, 1, t));
      assertClose(Ops.select(all, 1, t), h);
    }
    assertClose(Ops.scan(step, Ops.zeros(2, 4), xs, 1), h);
  }

  @Test
  void aRecordAsState() {
    ScanStep<Pair> step = (s, x) -> new Pair(Ops.add(s.sum(), x), Ops.mul(s.product(), x));
    Pair start = new Pair(Ops.zeros(2), Ops.ones(2));
    Pair last = Ops.scan(step, start, XS, 1);
    assertTensor(last.sum(), shape(2), 6, 15);
    assertTensor(last.product(), shape(2), 6, 120);
    Pair all = Ops.scanAll(step, start, XS, 1);
    assertTensor(all.sum(), shape(2, 3), 1, 3, 6, 4, 9, 15);
    assertTensor(all.product(), shape(2, 3), 1, 2, 6, 4, 20, 120);
  }

  @Test
  void recordsInRecords() {
    ScanStep<Nested> step =
        (s, x) ->
            new Nested(
                new Pair(Ops.add(s.pair().sum(), x), s.pair().product()), Ops.add(s.count(), 1));
    Nested start = new Nested(new Pair(Ops.zeros(2), Ops.ones(1)), Ops.zeros(1));
    Nested all = Ops.scanAll(step, start, XS, 1);
    assertTensor(all.pair().sum(), shape(2, 3), 1, 3, 6, 4, 9, 15);
    assertTensor(all.count(), shape(1, 3), 1, 2, 3);
  }

  @Test
  void noStepsAtAll() {
    Tensor none = Ops.zeros(2, 0);
    assertTensor(Ops.scan(Ops::add, Ops.ones(2), none, 1), shape(2), 1, 1);
    assertTensor(Ops.scanAll(Ops::add, Ops.ones(2), none, 1), shape(2, 0));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertRejected(
        () -> Ops.scan(Ops::add, Ops.zeros(1), XS, 1), "keep the state's shape [1]", "[2] came");
    assertRejected(() -> Ops.scan(Ops::add, Ops.zeros(2), XS, 2), "scan", "2 came");
    assertRejected(() -> Ops.scan((s, x) -> s, "text", XS, 0), "record of tensors", "String");
  }
}
