package dev.cortado.benchmarks.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** OpenBLAS's matrix product. */
final class OpenBlas {
  private static final int ROW_MAJOR = 101;
  private static final int AS_IS = 111;
  private static final int TRANSPOSED = 112;

  private static final MethodHandle SGEMM = sgemm();

  private OpenBlas() {}

  private static MethodHandle sgemm() {
    for (String name :
        new String[] {
          "libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0"
        }) {
      NativeLibrary.load("openblas", name);
    }
    return NativeLibrary.function(
        "cblas_sgemm",
        FunctionDescriptor.ofVoid(
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_FLOAT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_FLOAT,
            ADDRESS,
            JAVA_INT));
  }

  /** {@code C = op(A) op(B)}, row-major. */
  static void multiply(Product p, MemorySegment a, MemorySegment b, MemorySegment c) {
    try {
      SGEMM.invokeExact(
          ROW_MAJOR,
          p.transposeA() ? TRANSPOSED : AS_IS,
          p.transposeB() ? TRANSPOSED : AS_IS,
          p.m(),
          p.n(),
          p.k(),
          1f,
          a,
          p.strideA(),
          b,
          p.strideB(),
          0f,
          c,
          p.n());
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
