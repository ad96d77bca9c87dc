package dev.cortado.benchmarks.service;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;

/** The same service on ONNX Runtime: {@code ServeOnnx <model> <predictions> <dimensions ...>}. */
final class ServeOnnx {
  private ServeOnnx() {}

  public static void main(String[] args) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    OrtSession session = environment.createSession(args[0], options);
    long[] shape = new long[args.length - 2];
    int size = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = Long.parseLong(args[i + 2]);
      size *= (int) shape[i];
    }
    FloatBuffer sample = FloatBuffer.allocate(size);
    System.out.println("first " + predict(environment, session, sample, shape));
    Memory.serve(
        () -> {
          try {
            return predict(environment, session, sample, shape);
          } catch (OrtException e) {
            throw new IllegalStateException(e);
          }
        },
        Integer.parseInt(args[1]));
  }

  private static float predict(
      OrtEnvironment environment, OrtSession session, FloatBuffer sample, long[] shape)
      throws OrtException {
    try (OnnxTensor input = OnnxTensor.createTensor(environment, sample.rewind(), shape);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      return ((float[][]) result.get(0).getValue())[0][0];
    }
  }
}
