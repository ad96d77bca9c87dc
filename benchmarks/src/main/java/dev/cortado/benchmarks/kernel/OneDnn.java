package dev.cortado.benchmarks.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.bytedeco.javacpp.Loader;

/**
 * oneDNN's matrix product. Its library comes from bytedeco's jar and is called directly: bytedeco's
 * own classes for it want OpenCL.
 */
final class OneDnn {
  private static final String PATH = "/org/bytedeco/%s/linux-x86_64/%s";

  private static final MethodHandle SGEMM = sgemm();

  private OneDnn() {}

  private static MethodHandle sgemm() {
    // What it is linked with.
    System.load(extract("opencl", "libOpenCL.so.1"));
    System.load(extract("dnnl", "libgomp.so.1"));
    SymbolLookup library =
        SymbolLookup.libraryLookup(extract("dnnl", "libdnnl.so.3"), Arena.global());
    return Linker.nativeLinker()
        .downcallHandle(
            library.findOrThrow("dnnl_sgemm"),
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

  private static String extract(String artifact, String name) {
    try {
      File file = Loader.cacheResource(PATH.formatted(artifact, name));
      if (file == null) {
        throw new IllegalStateException("no " + name + " on the class path");
      }
      return file.getAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code C = op(A) op(B)}, row-major, at these addresses. */
  static void multiply(Product p, long a, long b, long c) {
    try {
      int status =
          (int)
              SGEMM.invokeExact(
                  (byte) (p.transposeA() ? 'T' : 'N'),
                  (byte) (p.transposeB() ? 'T' : 'N'),
                  (long) p.m(),
                  (long) p.n(),
                  (long) p.k(),
                  1f,
                  MemorySegment.ofAddress(a),
                  (long) p.strideA(),
                  MemorySegment.ofAddress(b),
                  (long) p.strideB(),
                  0f,
                  MemorySegment.ofAddress(c),
                  (long) p.n());
      if (status != 0) {
        throw new IllegalStateException("oneDNN: status " + status);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
