package dev.cortado.benchmarks.kernel;

import dev.cortado.kernel.Gemm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code C = op(A) op(B)}, by Cortado on Java arrays, by OpenBLAS and oneDNN on memory of their
 * own: a call of theirs costs its way out of Java, some 10 or 20 ns, and no copy.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class MatrixProduct {
  /** Squares, then what the networks of the table multiply. */
  @Param({
    "64x64x64 NN",
    "128x128x128 NN",
    "256x256x256 NN",
    "512x512x512 NN",
    "512x512x512 NT",
    "512x512x512 TN",
    "1024x1024x1024 NN",
    "2048x2048x2048 NN",
    "64x120x1600 NT", // W1 fc1: forward, input gradient, weight gradient.
    "64x1600x120 NN",
    "120x1600x64 TN",
    "64x128x4096 NT", // W2 fc1.
    "128x4096x64 TN",
    "64x128x64 NT", // W4 fc1, fc3.
    "64x10x64 NT",
    "64x512x128 NT", // W5, a step of the recurrence and its gradients.
    "64x128x512 NN",
    "512x128x64 TN",
    "2048x384x128 NT", // W6.
    "2048x512x128 NT",
    "2048x128x512 NT",
    "512x128x2048 TN",
    "64x64x32 NT",
    "1x120x1600 NT", // One sample.
    "1x512x128 NT"
  })
  public String shape = "";

  private Product p = new Product(0, 0, 0, false, false);
  private float[] a = {};
  private float[] b = {};
  private float[] c = {};
  private MemorySegment nativeA = MemorySegment.NULL;
  private MemorySegment nativeB = MemorySegment.NULL;
  private MemorySegment nativeC = MemorySegment.NULL;

  /** Makes the operands, and checks that all three compute the same. */
  @Setup
  public void setUp() {
    p = Product.parse(shape);
    Random random = new Random(1);
    a = values(p.m() * p.k(), random);
    b = values(p.k() * p.n(), random);
    c = new float[p.m() * p.n()];
    nativeA = copy(a);
    nativeB = copy(b);
    nativeC = copy(c);
    cortado();
    openblas();
    check("OpenBLAS");
    onednn();
    check("oneDNN");
  }

  /** For the life of the process, at the start of a cache line. */
  private static MemorySegment copy(float[] values) {
    MemorySegment copy = Arena.global().allocate(4L * values.length, 64);
    return copy.copyFrom(MemorySegment.ofArray(values));
  }

  private static float[] values(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private void check(String peer) {
    float[] other = new float[c.length];
    MemorySegment.copy(nativeC, ValueLayout.JAVA_FLOAT, 0, other, 0, other.length);
    for (int i = 0; i < c.length; i++) {
      if (!(Math.abs(c[i] - other[i]) <= 1e-4 * Math.sqrt(p.k()))) {
        throw new IllegalStateException(
            "%s: element %d is %g, %s has %g".formatted(shape, i, c[i], peer, other[i]));
      }
    }
  }

  /** Tiles are compiled again with what was learnt of them, up to three seconds after the start. */
  @Benchmark
  @Warmup(iterations = 8, time = 400, timeUnit = TimeUnit.MILLISECONDS)
  public void cortado() {
    Gemm.multiply(p.m(), p.n(), p.k(), a, 0, p.transposeA(), b, 0, p.transposeB(), c, 0);
  }

  @Benchmark
  public void openblas() {
    OpenBlas.multiply(p, nativeA, nativeB, nativeC);
  }

  @Benchmark
  public void onednn() {
    OneDnn.multiply(p, nativeA, nativeB, nativeC);
  }
}
