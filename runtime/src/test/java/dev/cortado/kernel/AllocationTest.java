package dev.cortado.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Warm kernels allocate nothing that grows with their work. On the Vector API this is also a test
 * of the compiled code: a vector that C2 cannot keep in a register is an object on the heap. It
 * waits for HotSpot, so it is not part of every build: {@code -Dtest.excluded=none} runs it. What a
 * network allocates is tested with the networks.
 */
@Tag("jit")
class AllocationTest {
  /**
   * After other kernels have run, C2 has been seen to leave one small object a call of a
   * convolution on the heap. A vector that escapes from a loop makes thousands of bytes.
   */
  private static final long A_MASK_OR_TWO = 128;

  private final int threads = Team.threads();

  @AfterEach
  void restoreThreads() {
    Team.setThreads(threads);
  }

  private static void assertNoAllocation(String name, Runnable kernel) {
    var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    assumeThat(bean.isThreadAllocatedMemoryEnabled()).isTrue();
    long deadline = System.nanoTime() + 60_000_000_000L;
    long allocated = Long.MAX_VALUE;
    // Until C2 has compiled it vectors are objects; how long that takes depends on the machine.
    while (allocated > A_MASK_OR_TWO && System.nanoTime() < deadline) {
      for (int i = 0; i < 50; i++) {
        kernel.run();
      }
      long before = bean.getCurrentThreadAllocatedBytes();
      kernel.run();
      kernel.run();
      long after = bean.getCurrentThreadAllocatedBytes();
      allocated = after - before;
    }
    assertThat(allocated).as("bytes allocated by %s", name).isLessThanOrEqualTo(A_MASK_OR_TWO);
  }

  @Test
  void matrixProducts() {
    for (int threads = 1; threads <= 2; threads++) {
      Team.setThreads(threads);
      float[] a = Floats.random(new Random(1), 64 * 300);
      float[] c = new float[64 * 64];
      for (int transposes = 0; transposes < 4; transposes++) {
        boolean left = (transposes & 1) != 0;
        boolean right = (transposes & 2) != 0;
        assertNoAllocation(
            "product " + transposes,
            () -> Gemm.multiply(61, 50, 300, a, 0, left, a, 0, right, c, 0));
        assertNoAllocation(
            "row " + transposes, () -> Gemm.multiply(1, 61, 300, a, 0, left, a, 0, right, c, 0));
      }
      PackedMatrix packed = new PackedMatrix();
      assertNoAllocation("packing", () -> packed.pack(50, 300, a, 0, true));
      assertNoAllocation("packed row", () -> packed.multiply(1, a, 0, c, 0));
      assertNoAllocation("packed", () -> packed.multiplyAdd(61, a, 0, c, 0));
      assertNoAllocation(
          "batch", () -> Gemm.multiplyBatch(6, 8, 8, 9, a, 0, 72, false, a, 0, 72, true, c, 0, 64));
    }
  }

  @Test
  void convolutions() {
    ConvShape s = new ConvShape(6, 14, 14, 16, 12, 12, 3, 3, 1, 1, 0, 0, 1, 1, 1);
    ConvShape strided = new ConvShape(6, 14, 14, 16, 7, 7, 3, 3, 2, 2, 1, 1, 1, 1, 2);
    ConvShape many = new ConvShape(32, 14, 14, 48, 12, 12, 3, 3, 1, 1, 0, 0, 1, 1, 1);
    float[] x = Floats.random(new Random(1), 4 * many.inputSize());
    float[] w = Floats.random(new Random(2), many.weightSize());
    float[] y = Floats.random(new Random(3), 4 * many.outputSize());
    for (int threads = 1; threads <= 2; threads++) {
      Team.setThreads(threads);
      for (ConvShape shape :
          new ConvShape[] {
            s,
            strided,
            s.in(Layout.CHANNELS_FIRST, Layout.CHANNELS_LAST),
            strided.in(Layout.CHANNELS_LAST, Layout.CHANNELS_LAST),
            many.in(Layout.CHANNELS_LAST, Layout.CHANNELS_LAST)
          }) {
        assertNoAllocation("forward", () -> Convolution.forward(shape, 4, x, 0, w, 0, y, 0));
        assertNoAllocation(
            "input gradient", () -> Convolution.inputGradient(shape, 4, y, 0, w, 0, x, 0));
        assertNoAllocation(
            "weight gradient", () -> Convolution.weightGradient(shape, 4, x, 0, y, 0, w, 0));
      }
    }
  }

  @Test
  void strips() {
    float[] a = Floats.random(new Random(1), 1000);
    float[] out = new float[1000];
    assertNoAllocation("add", () -> Strip.add(a, 0, a, 1, out, 0, 900));
    assertNoAllocation("exp", () -> Strip.exp(a, 0, out, 0, 900));
    assertNoAllocation("log", () -> Strip.log(a, 0, out, 0, 900));
    assertNoAllocation("log1p", () -> Strip.log1p(a, 0, out, 0, 900));
    assertNoAllocation("tanh", () -> Strip.tanh(a, 0, out, 0, 900));
    assertNoAllocation("sigmoid", () -> Strip.sigmoid(a, 0, out, 0, 900));
    assertNoAllocation("erf", () -> Strip.erf(a, 0, out, 0, 900));
    assertNoAllocation("gelu", () -> Strip.gelu(a, 0, out, 0, 900));
    assertNoAllocation("geluDerivative", () -> Strip.geluDerivative(a, 0, out, 0, 900));
    assertNoAllocation("sum", () -> out[0] = Strip.sum(a, 0, 900));
    assertNoAllocation("max", () -> out[0] = Strip.max(a, 0, 900));
    assertNoAllocation("dot", () -> out[0] = Strip.dot(a, 0, a, 1, 900));
    assertNoAllocation("where", () -> Strip.where(a, 0, a, 1, a, 2, out, 0, 900));
  }
}
