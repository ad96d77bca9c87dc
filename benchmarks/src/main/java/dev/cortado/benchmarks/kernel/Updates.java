package dev.cortado.benchmarks.kernel;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.cortado.train.Adam;
import dev.cortado.train.Optimizer;
import dev.cortado.train.Sgd;
import java.util.Arrays;
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

/** One update of a million parameters, with Cortado's check that gradients are finite. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 6, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first.
public class Updates {
  private static final float RATE = 1e-6f;

  @Param({"sgd", "momentum", "adam"})
  public String optimizer = "";

  private final WideNetwork net = WideNetwork.create(1);
  private final float[] gradients = new float[net.weights().length];
  private Optimizer ours = new Sgd(RATE);
  private PtNDArray weight;
  private PtNDArray gradient;
  private PtNDArray first;
  private PtNDArray second;

  @Setup
  public void setUp() {
    Arrays.fill(gradients, 1e-3f);
    ours =
        switch (optimizer) {
          case "sgd" -> new Sgd(RATE);
          case "momentum" -> new Sgd(RATE).momentum(0.9);
          case "adam" -> new Adam(RATE);
          default -> throw new IllegalArgumentException(optimizer);
        };
    PtNDManager manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager();
    JniUtils.setNumThreads(Integer.getInteger("cortado.threads", 1));
    JniUtils.setGradMode(false);
    Shape shape = new Shape(gradients.length);
    weight = (PtNDArray) manager.ones(shape);
    gradient = (PtNDArray) manager.ones(shape).mul(1e-3f);
    first = (PtNDArray) manager.zeros(shape);
    second = (PtNDArray) manager.zeros(shape);
  }

  /** Bytes that an update has to move, a parameter. */
  static int bytes(String optimizer) {
    return switch (optimizer) {
      case "sgd" -> 12;
      case "momentum" -> 20;
      default -> 28;
    };
  }

  @Benchmark
  public void cortado() {
    ours.apply(net, gradients);
  }

  @Benchmark
  public void pytorch() {
    switch (optimizer) {
      case "sgd" -> JniUtils.sgdUpdate(weight, gradient, first, RATE, 0, 1, -1, 0);
      case "momentum" -> JniUtils.sgdUpdate(weight, gradient, first, RATE, 0, 1, -1, 0.9f);
      default ->
          JniUtils.adamUpdate(
              weight, gradient, first, second, RATE, RATE, 0, 1, -1, 0.9f, 0.999f, 1e-8f, false);
    }
  }
}
