package dev.cortado.benchmarks.peer;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.cortado.ParameterInfo;
import dev.cortado.benchmarks.workload.Stage;
import dev.cortado.benchmarks.workload.WeightTable;
import dev.cortado.benchmarks.workload.Workload;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A workload's network as PyTorch runs it: its operators, one call each, below DJL's blocks, which
 * would only add to the calls.
 */
final class TorchNetwork {
  private static final Shape ONE = new Shape(1, 1);

  private final List<Stage> stages;
  private final Map<String, PtNDArray> parameters = new LinkedHashMap<>();
  private final Map<String, NDList> lists = new LinkedHashMap<>();

  /**
   * @param manager owns the parameters
   * @param learning whether gradients are kept
   */
  TorchNetwork(
      Workload workload, WeightTable weights, PtNDManager manager, int batch, boolean learning) {
    stages = workload.stages();
    for (ParameterInfo info : weights.network().parameters()) {
      WeightTable.Weight weight = weights.get(info.name());
      PtNDArray array = tensor(manager, weight.values(), weight.shape());
      if (learning) {
        JniUtils.attachGradient(array, true);
      }
      parameters.put(info.name(), array);
    }
    for (Stage stage : stages) {
      if (stage instanceof Stage.Lstm lstm) {
        PtNDArray zeros = tensor(manager, new float[batch * lstm.size()], 1, batch, lstm.size());
        lists.put("start", new NDList(zeros, zeros));
        lists.put(
            lstm.name(),
            new NDList(
                parameter(lstm.name() + ".fromInput.weight"),
                parameter(lstm.name() + ".fromState.weight"),
                parameter(lstm.name() + ".fromInput.bias"),
                parameter(lstm.name() + ".fromState.bias")));
      }
    }
  }

  static PtNDArray tensor(PtNDManager manager, float[] values, long... shape) {
    return manager.create(FloatBuffer.wrap(values), new Shape(shape), DataType.FLOAT32);
  }

  /** Parameters under Cortado's names, in its order. */
  Map<String, PtNDArray> parameters() {
    return parameters;
  }

  /** Logits; intermediate tensors belong to the manager of {@code input}. */
  PtNDArray forward(PtNDArray input) {
    PtNDArray h = input;
    for (Stage stage : stages) {
      h = apply(stage, h);
    }
    return h;
  }

  private PtNDArray apply(Stage stage, PtNDArray x) {
    return switch (stage) {
      case Stage.Conv conv ->
          JniUtils.convolution(
              x,
              parameter(conv.name() + ".weight"),
              parameter(conv.name() + ".bias"),
              ONE,
              new Shape(conv.padding(), conv.padding()),
              ONE,
              1);
      case Stage.Relu() -> JniUtils.relu(x);
      case Stage.MaxPool(int size) ->
          JniUtils.maxPool(x, new Shape(size, size), new Shape(size, size), new Shape(0, 0), false);
      case Stage.Flatten() -> JniUtils.flatten(x, 1, -1);
      case Stage.Dense(String name) -> dense(name, x);
      case Stage.Lstm lstm -> lastState(lstm, x);
      case Stage.EncoderLayer layer -> encoderLayer(layer, x);
      case Stage.MeanOverPositions() -> JniUtils.mean(x, 1, false);
    };
  }

  private PtNDArray lastState(Stage.Lstm lstm, PtNDArray x) {
    NDList start = list("start");
    NDList weights = list(lstm.name());
    boolean learning = JniUtils.isGradMode();
    NDList result = JniUtils.lstm(x, start, weights, true, 1, 0, learning, false, true);
    return JniUtils.squeeze((PtNDArray) result.get(1), 0);
  }

  private PtNDArray encoderLayer(Stage.EncoderLayer layer, PtNDArray x) {
    String name = layer.name();
    PtNDArray h = norm(name + ".norm1", JniUtils.add(x, attention(layer, x)), layer.features());
    PtNDArray wide = JniUtils.gelu(dense(name + ".up", h));
    return norm(name + ".norm2", JniUtils.add(h, dense(name + ".down", wide)), layer.features());
  }

  private PtNDArray attention(Stage.EncoderLayer layer, PtNDArray x) {
    Shape shape = x.getShape();
    long n = shape.get(0);
    long positions = shape.get(1);
    int perHead = layer.features() / layer.heads();
    PtNDArray joint = dense(layer.name() + ".projection", x);
    PtNDArray byHead =
        JniUtils.permute(
            JniUtils.reshape(joint, new long[] {n, positions, 3, layer.heads(), perHead}),
            new long[] {2, 0, 3, 1, 4});
    NDList parts = JniUtils.split(byHead, 1, 0);
    PtNDArray query = JniUtils.squeeze((PtNDArray) parts.get(0), 0);
    PtNDArray key = JniUtils.squeeze((PtNDArray) parts.get(1), 0);
    PtNDArray value = JniUtils.squeeze((PtNDArray) parts.get(2), 0);
    PtNDArray scores =
        JniUtils.matmul(query.mul(1 / Math.sqrt(perHead)), JniUtils.transpose(key, 2, 3));
    PtNDArray read = JniUtils.matmul(JniUtils.softmax(scores, -1, DataType.FLOAT32), value);
    PtNDArray joined =
        JniUtils.reshape(
            JniUtils.permute(read, new long[] {0, 2, 1, 3}),
            new long[] {n, positions, layer.features()});
    return dense(layer.name() + ".joined", joined);
  }

  private PtNDArray norm(String name, PtNDArray x, int features) {
    return JniUtils.layerNorm(
        x, new Shape(features), parameter(name + ".weight"), parameter(name + ".bias"), 1e-5);
  }

  private PtNDArray dense(String name, PtNDArray x) {
    return JniUtils.linear(x, parameter(name + ".weight"), parameter(name + ".bias"));
  }

  private PtNDArray parameter(String name) {
    PtNDArray array = parameters.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "Cortado's network has no parameter \"" + name + "\", only " + parameters.keySet());
    }
    return array;
  }

  private NDList list(String name) {
    NDList list = lists.get(name);
    if (list == null) {
      throw new IllegalStateException("no list of tensors \"" + name + '"');
    }
    return list;
  }
}
