package dev.cortado.benchmarks.kernel;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.cortado.benchmarks.workload.Workload.Prediction;
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
 * Soft-max, layer norm and gelu of rows of 1,024 elements: Cortado's predictor, from array to
 * array, and PyTorch's operator, from tensor to a new tensor.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 6, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first.
public class RowFunctions {
  static final int LENGTH = 1024;

  @Param({"softmax", "layernorm", "gelu"})
  public String function = "";

  /** Small enough for the second-level cache, and too large for the third. */
  @Param({"64", "8192"})
  public int rows;

  private float[] x = {};
  private float[] y = {};
  private Prediction prediction;
  private PtNDArray tensor;
  private PtNDArray ones;
  private PtNDArray zeros;

  @Setup
  public void setUp() {
    Random random = new Random(1);
    x = new float[rows * LENGTH];
    y = new float[rows * LENGTH];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    prediction =
        switch (function) {
          case "softmax" -> SoftmaxRowsNetwork.create(1).predictor(rows)::predict;
          case "layernorm" -> NormRowsNetwork.create(1).predictor(rows)::predict;
          case "gelu" -> GeluRowsNetwork.create(1).predictor(rows)::predict;
          default -> throw new IllegalArgumentException(function);
        };
    PtNDManager manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager();
    JniUtils.setNumThreads(Integer.getInteger("cortado.threads", 1));
    JniUtils.setGradMode(false);
    tensor = manager.create(FloatBuffer.wrap(x), new Shape(rows, LENGTH), DataType.FLOAT32);
    ones = (PtNDArray) manager.ones(new Shape(LENGTH));
    zeros = (PtNDArray) manager.zeros(new Shape(LENGTH));
    check();
  }

  private void check() {
    cortado();
    float[] other = apply().toFloatArray();
    for (int i = 0; i < y.length; i++) {
      if (!(Math.abs(y[i] - other[i]) <= 1e-4 * Math.max(1, Math.abs(other[i])))) {
        throw new IllegalStateException(
            "%s: element %d is %g, PyTorch has %g".formatted(function, i, y[i], other[i]));
      }
    }
  }

  @Benchmark
  public void cortado() {
    prediction.predict(x, y);
  }

  @Benchmark
  public void pytorch() {
    apply().close();
  }

  private PtNDArray apply() {
    return switch (function) {
      case "softmax" -> JniUtils.softmax(tensor, -1, DataType.FLOAT32);
      case "layernorm" -> JniUtils.layerNorm(tensor, new Shape(LENGTH), ones, zeros, 1e-5);
      default -> JniUtils.gelu(tensor);
    };
  }
}
