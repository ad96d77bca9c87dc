package dev.cortado.benchmarks.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cortado.benchmarks.workload.Samples;
import dev.cortado.benchmarks.workload.WeightTable;
import dev.cortado.benchmarks.workload.Workload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** ONNX Runtime, predicting: one session, inputs and the output in pinned buffers. */
public final class OnnxPrediction implements Contestant {
  private final OrtSession session;
  private final List<Map<String, OnnxTensor>> inputs = new ArrayList<>();
  private final FloatBuffer outputs;
  private final Map<String, OnnxTensor> pinned;
  private int next;

  public OnnxPrediction(Workload workload, WeightTable weights, Samples samples, int threads) {
    byte[] model = OnnxModel.write(workload, weights, samples.batch());
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape =
        LongStream.concat(
                LongStream.of(samples.batch()),
                workload.sampleShape().stream().mapToLong(Integer::longValue))
            .toArray();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      session = environment.createSession(model, options);
      for (float[] values : samples.inputs()) {
        FloatBuffer buffer = direct(values.length).put(0, values);
        inputs.add(Map.of(OnnxModel.INPUT, OnnxTensor.createTensor(environment, buffer, shape)));
      }
      outputs = direct(samples.batch() * Workload.CLASSES);
      long[] logits = {samples.batch(), Workload.CLASSES};
      pinned = Map.of(OnnxModel.OUTPUT, OnnxTensor.createTensor(environment, outputs, logits));
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses " + workload, e);
    }
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(4 * floats).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Override
  public String name() {
    return "ONNX Runtime";
  }

  @Override
  public void step() {
    run(inputs.get(next));
    next = (next + 1) % inputs.size();
  }

  private void run(Map<String, OnnxTensor> input) {
    try {
      session.run(input, pinned).close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public float[] outputs() {
    run(inputs.getFirst());
    float[] copy = new float[outputs.capacity()];
    outputs.get(0, copy);
    return copy;
  }

  @Override
  public void close() {
    try {
      inputs.forEach(map -> map.values().forEach(OnnxTensor::close));
      pinned.values().forEach(OnnxTensor::close);
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
