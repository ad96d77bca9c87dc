package dev.cortado.benchmarks.peer;

import dev.cortado.benchmarks.peer.OnnxGraph.Attribute;
import dev.cortado.benchmarks.workload.Stage;
import dev.cortado.benchmarks.workload.WeightTable;
import dev.cortado.benchmarks.workload.WeightTable.Weight;
import dev.cortado.benchmarks.workload.Workload;
import java.util.Arrays;
import java.util.List;

/**
 * A workload's network as an ONNX model, the way PyTorch exports it, for one batch size: every
 * shape is known to ONNX Runtime when it optimizes.
 */
final class OnnxModel {
  private static final int OPERATOR_SET = 20;

  static final String INPUT = "input";
  static final String OUTPUT = "logits";

  private final WeightTable weights;
  private final int batch;
  private final OnnxGraph graph = new OnnxGraph();
  private int values;

  private OnnxModel(WeightTable weights, int batch) {
    this.weights = weights;
    this.batch = batch;
  }

  /** The model's bytes. */
  static byte[] write(Workload workload, WeightTable weights, int batch) {
    return new OnnxModel(weights, batch).write(workload);
  }

  private byte[] write(Workload workload) {
    long[] shape = new long[1 + workload.sampleShape().size()];
    shape[0] = batch;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = workload.sampleShape().get(i - 1);
    }
    graph.input(INPUT, shape);
    String h = INPUT;
    for (Stage stage : workload.stages()) {
      h = add(stage, h, shape);
    }
    graph.node("Identity", List.of(h), OUTPUT);
    graph.output(OUTPUT, batch, Workload.CLASSES);
    return graph.model(OPERATOR_SET);
  }

  private String add(Stage stage, String x, long[] inputShape) {
    return switch (stage) {
      case Stage.Conv conv -> convolution(conv, x);
      case Stage.Relu() -> graph.node("Relu", List.of(x), fresh());
      case Stage.MaxPool(int size) ->
          graph.node(
              "MaxPool",
              List.of(x),
              fresh(),
              new Attribute("kernel_shape", new long[] {size, size}),
              new Attribute("strides", new long[] {size, size}));
      case Stage.Flatten() -> graph.node("Flatten", List.of(x), fresh(), new Attribute("axis", 1L));
      case Stage.Dense(String name) ->
          graph.node(
              "Gemm",
              List.of(x, constant(name + ".weight"), constant(name + ".bias")),
              fresh(),
              new Attribute("transB", 1L));
      case Stage.Lstm lstm -> lastState(lstm, x);
      case Stage.EncoderLayer layer -> encoderLayer(layer, x, (int) inputShape[1]);
      case Stage.MeanOverPositions() ->
          graph.node(
              "ReduceMean",
              List.of(x, graph.constant(fresh(), 1)),
              fresh(),
              new Attribute("keepdims", 0L));
    };
  }

  private String convolution(Stage.Conv conv, String x) {
    Weight kernel = weights.get(conv.name() + ".weight");
    long padding = conv.padding();
    return graph.node(
        "Conv",
        List.of(x, constant(kernel.name()), constant(conv.name() + ".bias")),
        fresh(),
        new Attribute("kernel_shape", new long[] {kernel.shape()[2], kernel.shape()[3]}),
        new Attribute("pads", new long[] {padding, padding, padding, padding}));
  }

  private String lastState(Stage.Lstm lstm, String x) {
    int size = lstm.size();
    Weight fromInput = weights.get(lstm.name() + ".fromInput.weight");
    long features = fromInput.shape()[1];
    float[] biases =
        concat(
            gates(weights.get(lstm.name() + ".fromInput.bias").values(), size, 1),
            gates(weights.get(lstm.name() + ".fromState.bias").values(), size, 1));
    String w =
        graph.constant(
            fresh(), gates(fromInput.values(), size, (int) features), 1, 4L * size, features);
    String r =
        graph.constant(
            fresh(),
            gates(weights.get(lstm.name() + ".fromState.weight").values(), size, size),
            1,
            4L * size,
            size);
    String b = graph.constant(fresh(), biases, 1, 8L * size);
    String steps =
        graph.node("Transpose", List.of(x), fresh(), new Attribute("perm", new long[] {1, 0, 2}));
    String last = fresh();
    graph.node(
        "",
        "LSTM",
        List.of(steps, w, r, b),
        List.of("", last),
        new Attribute("hidden_size", (long) size));
    return graph.node("Squeeze", List.of(last, graph.constant(fresh(), 0)), fresh());
  }

  /**
   * PyTorch's order of gates (input, forget, cell, output) to ONNX's (input, output, forget, cell).
   */
  private static float[] gates(float[] values, int size, int columns) {
    int[] order = {0, 3, 1, 2};
    float[] result = new float[values.length];
    int length = size * columns;
    for (int gate = 0; gate < 4; gate++) {
      System.arraycopy(values, order[gate] * length, result, gate * length, length);
    }
    return result;
  }

  private static float[] concat(float[] a, float[] b) {
    float[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private String encoderLayer(Stage.EncoderLayer layer, String x, int positions) {
    String name = layer.name();
    String read = graph.node("Add", List.of(x, attention(layer, x, positions)), fresh());
    String h = norm(name + ".norm1", read);
    String wide = graph.node("Gelu", List.of(linear(name + ".up", h)), fresh());
    String sum = graph.node("Add", List.of(h, linear(name + ".down", wide)), fresh());
    return norm(name + ".norm2", sum);
  }

  private String attention(Stage.EncoderLayer layer, String x, int positions) {
    long perHead = layer.features() / layer.heads();
    String joint = linear(layer.name() + ".projection", x);
    List<String> parts = List.of(fresh(), fresh(), fresh());
    String sizes = graph.constant(fresh(), layer.features(), layer.features(), layer.features());
    graph.node("", "Split", List.of(joint, sizes), parts, new Attribute("axis", 2L));
    String byHead = graph.constant(fresh(), batch, positions, layer.heads(), perHead);
    String query = heads(parts.get(0), byHead, 0, 2, 1, 3);
    String key = heads(parts.get(1), byHead, 0, 2, 3, 1);
    String value = heads(parts.get(2), byHead, 0, 2, 1, 3);
    String scale = graph.constant(fresh(), new float[] {(float) (1 / Math.sqrt(perHead))});
    String scores =
        graph.node(
            "Mul", List.of(graph.node("MatMul", List.of(query, key), fresh()), scale), fresh());
    String shares = graph.node("Softmax", List.of(scores), fresh(), new Attribute("axis", -1L));
    String read = graph.node("MatMul", List.of(shares, value), fresh());
    String back =
        graph.node(
            "Transpose", List.of(read), fresh(), new Attribute("perm", new long[] {0, 2, 1, 3}));
    String joined =
        graph.node(
            "Reshape",
            List.of(back, graph.constant(fresh(), batch, positions, layer.features())),
            fresh());
    return linear(layer.name() + ".joined", joined);
  }

  private String heads(String x, String shape, long... order) {
    String cut = graph.node("Reshape", List.of(x, shape), fresh());
    return graph.node("Transpose", List.of(cut), fresh(), new Attribute("perm", order));
  }

  private String norm(String name, String x) {
    return graph.node(
        "LayerNormalization",
        List.of(x, constant(name + ".weight"), constant(name + ".bias")),
        fresh(),
        new Attribute("axis", -1L),
        new Attribute("epsilon", 1e-5f));
  }

  /**
   * A dense layer of more than two dimensions: a product with the transposed weights, and a sum.
   */
  private String linear(String name, String x) {
    Weight weight = weights.get(name + ".weight");
    int out = (int) weight.shape()[0];
    int in = (int) weight.shape()[1];
    float[] transposed = new float[in * out];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        transposed[i * out + o] = weight.values()[o * in + i];
      }
    }
    String w = graph.constant(fresh(), transposed, in, out);
    String product = graph.node("MatMul", List.of(x, w), fresh());
    return graph.node("Add", List.of(product, constant(name + ".bias")), fresh());
  }

  private String constant(String name) {
    Weight weight = weights.get(name);
    return graph.constant(name, weight.values(), weight.shape());
  }

  private String fresh() {
    return "v" + values++;
  }
}
