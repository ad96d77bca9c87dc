package dev.cortado.benchmarks.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** oneDNN's matrix product. */
final class OneDnn {
  private static final MethodHandle SGEMM = sgemm();

  private OneDnn() {}

  private static MethodHandle sgemm() {
    NativeLibrary.load("opencl", "libOpenCL.so.1");
    NativeLibrary.load("dnnl", "libgomp.so.1");
    NativeLibrary.load("dnnl", "libdnnl.so.3");
    return NativeLibrary.function(
        "dnnl_sgemm",
        FunctionDescriptor.of(
            JAVA_INT,
            JAVA_BYTE,
            JAVA_BYTE,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_FLOAT,
            ADDRESS,
            JAVA_LONG,
            ADDRESS,
            JAVA_LONG,
            JAVA_FLOAT,
            ADDRESS,
            JAVA_LONG));
  }

  /** {@code C = op(A) op(B)}, row-major. */
  static void multiply(Product p, MemorySegment a, MemorySegment b, MemorySegment c) {
    int status;
    try {
      status =
          (int)
              SGEMM.invokeExact(
                  (byte) (p.transposeA() ? 'T' : 'N'),
                  (byte) (p.transposeB() ? 'T' : 'N'),
                  (long) p.m(),
                  (long) p.n(),
                  (long) p.k(),
                  1f,
                  a,
                  (long) p.strideA(),
                  b,
                  (long) p.strideB(),
                  0f,
                  c,
                  (long) p.n());
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    if (status != 0) {
      throw new IllegalStateException("oneDNN: status " + status);
    }
  }
}
