package dev.cortado.benchmarks.kernel;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.cortado.kernel.ConvShape;
import dev.cortado.kernel.Convolution;
import dev.cortado.kernel.Layout;
import java.nio.FloatBuffer;
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
 * Convolutions of batches of 64, forward alone, and forward with the gradients of images and
 * weights. PyTorch runs them in oneDNN; its images have channels first.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 6, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first.
public class Convolutions {
  static final int BATCH = 64;

  /** Channels in, height and width, channels out, kernel, padding. */
  @Param({
    "1 28 32 3 0",
    "32 13 64 3 0",
    "3 32 32 3 1",
    "32 16 64 3 1",
    "3 32 6 5 0",
    "6 14 16 5 0",
    "64 28 64 3 1",
    "128 14 128 3 1",
    "256 14 64 1 0"
  })
  public String shape = "";

  private ConvShape first;
  private ConvShape last;
  private float[] x = {};
  private float[] w = {};
  private float[] y = {};
  private float[] gx = {};
  private float[] gw = {};
  private int padding;
  private PtNDArray images;
  private PtNDArray weights;
  private PtNDArray seed;
  private PtNDManager manager;

  /** The geometry that a text says, in a layout. */
  static ConvShape geometry(String text, Layout layout) {
    String[] parts = text.split(" ", 5);
    int in = Integer.parseInt(parts[0]);
    int size = Integer.parseInt(parts[1]);
    int out = Integer.parseInt(parts[2]);
    int kernel = Integer.parseInt(parts[3]);
    int padding = Integer.parseInt(parts[4]);
    int result = size + 2 * padding - kernel + 1;
    return new ConvShape(
        in, size, size, out, result, result, kernel, kernel, 1, 1, padding, padding, 1, 1, 1,
        layout, layout);
  }

  /** Floating-point operations of one direction of a batch. */
  static double operations(String text) {
    ConvShape s = geometry(text, Layout.CHANNELS_FIRST);
    return 2.0 * BATCH * s.weightSize() * s.outHeight() * s.outWidth();
  }

  @Setup
  public void setUp() {
    first = geometry(shape, Layout.CHANNELS_FIRST);
    last = geometry(shape, Layout.CHANNELS_LAST);
    padding = first.padTop();
    Random random = new Random(1);
    x = values(BATCH * first.inputSize(), random);
    w = values(first.weightSize(), random);
    y = values(BATCH * first.outputSize(), random);
    gx = new float[x.length];
    gw = new float[w.length];
    manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager();
    JniUtils.setNumThreads(Integer.getInteger("cortado.threads", 1));
    images = tensor(x, BATCH, first.inChannels(), first.height(), first.width());
    weights = tensor(w, first.outChannels(), first.inChannels(), first.kernelH(), first.kernelW());
    seed = tensor(y, BATCH, first.outChannels(), first.outHeight(), first.outWidth());
    forwardFirst();
    check();
  }

  private static float[] values(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private PtNDArray tensor(float[] values, long... sizes) {
    return manager.create(FloatBuffer.wrap(values), new Shape(sizes), DataType.FLOAT32);
  }

  private void check() {
    JniUtils.setGradMode(false);
    float[] other = convolve().toFloatArray();
    for (int i = 0; i < y.length; i++) {
      if (!(Math.abs(y[i] - other[i]) <= 1e-3)) {
        throw new IllegalStateException(
            "%s: element %d is %g, PyTorch has %g".formatted(shape, i, y[i], other[i]));
      }
    }
  }

  private PtNDArray convolve() {
    Shape one = new Shape(1, 1);
    return JniUtils.convolution(images, weights, null, one, new Shape(padding, padding), one, 1);
  }

  @Benchmark
  public void forwardFirst() {
    Convolution.forward(first, BATCH, x, 0, w, 0, y, 0);
  }

  @Benchmark
  public void forwardLast() {
    Convolution.forward(last, BATCH, x, 0, w, 0, y, 0);
  }

  @Benchmark
  @Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
  public void forwardPytorch() {
    JniUtils.setGradMode(false);
    convolve().close();
  }

  @Benchmark
  public void allFirst() {
    all(first);
  }

  @Benchmark
  public void allLast() {
    all(last);
  }

  private void all(ConvShape s) {
    Convolution.forward(s, BATCH, x, 0, w, 0, y, 0);
    Convolution.inputGradient(s, BATCH, y, 0, w, 0, gx, 0);
    Convolution.weightGradient(s, BATCH, x, 0, y, 0, gw, 0);
  }

  /** Leaves made anew each time have no gradient to add to, as after PyTorch's zero_grad. */
  @Benchmark
  @Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
  public void allPytorch() {
    JniUtils.setGradMode(true);
    Shape one = new Shape(1, 1);
    try (PtNDArray leaf = JniUtils.detachGradient(images);
        PtNDArray kernel = JniUtils.detachGradient(weights)) {
      JniUtils.attachGradient(leaf, true);
      JniUtils.attachGradient(kernel, true);
      try (PtNDArray result =
          JniUtils.convolution(leaf, kernel, null, one, new Shape(padding, padding), one, 1)) {
        JniUtils.backward(result, seed, false, false);
      }
    }
  }
}
