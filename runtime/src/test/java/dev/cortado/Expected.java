package dev.cortado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on tensors, and tensors to try things on. */
public final class Expected {
  private static final double TOLERANCE = 1e-12;

  private Expected() {}

  /** Shape and values, row-major. */
  public static void assertTensor(Tensor actual, int[] shape, double... values) {
    assertThat(actual.shape()).as("shape of " + actual).isEqualTo(shape);
    assertThat(actual.toDoubles()).as("values of " + actual).hasSameSizeAs(values);
    assertThat(actual.toDoubles()).containsExactly(values, within(TOLERANCE));
  }

  public static void assertClose(Tensor actual, Tensor expected) {
    assertTensor(actual, expected.shape(), expected.toDoubles());
  }

  public static void assertScalar(Tensor actual, double value) {
    assertTensor(actual, shape(), value);
  }

  /** An {@link IllegalArgumentException} whose message contains all of these. */
  public static void assertRejected(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).message().contains(parts);
  }

  public static int[] shape(int... dims) {
    return dims;
  }

  /** 0.5, 1.5, … in row-major order: distinct values, none of them 0. */
  public static Tensor counted(int... dims) {
    return Ops.add(Ops.reshape(Ops.arange(count(dims)), dims), 0.5);
  }

  /** Varied values of both signs, the same for the same arguments. */
  public static Tensor varied(int salt, int... dims) {
    double[] values = new double[count(dims)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(1.7 * i + salt) * 2;
    }
    return Tensor.of(values, dims);
  }

  private static int count(int... dims) {
    int count = 1;
    for (int size : dims) {
      count *= size;
    }
    return count;
  }
}
