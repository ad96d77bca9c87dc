package dev.cortado.nn;

import static dev.cortado.Expected.assertClose;
import static dev.cortado.Expected.assertRejected;
import static dev.cortado.Expected.assertTensor;
import static dev.cortado.Expected.shape;
import static dev.cortado.Expected.varied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.Eager;
import dev.cortado.EagerWeights;
import dev.cortado.IntTensor;
import dev.cortado.Ops;
import dev.cortado.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static Tensor parameter(Object layer, String name) {
    return Objects.requireNonNull(EagerWeights.tensors(layer).get(name), name);
  }

  private static void assertWithin(Tensor x, double bound) {
    double largest = Ops.max(Ops.abs(x)).item();
    assertThat(largest).isBetween(bound * 0.8, bound);
  }

  @Test
  void dense() {
    Dense layer = new Dense(3, 2);
    Tensor weight = parameter(layer, "weight");
    Tensor bias = parameter(layer, "bias");
    assertThat(weight.shape()).containsExactly(2, 3);
    assertThat(layer.weight()).isSameAs(weight);
    Tensor x = varied(1, 4, 5, 3);
    assertClose(layer.apply(x), Ops.add(Ops.matmul(x, Ops.transpose(weight, 0, 1)), bias));
    assertThat(layer.apply(Ops.zeros(0, 3)).shape()).containsExactly(0, 2);
    assertThat(layer.apply(Ops.zeros(3)).shape()).containsExactly(2);
  }

  @Test
  void denseStartsAsPyTorchs() {
    Eager.seed(3);
    Dense layer = new Dense(100, 50);
    assertWithin(parameter(layer, "weight"), 0.1);
    assertWithin(parameter(layer, "bias"), 0.1);
    assertThat(Ops.mean(parameter(layer, "weight")).item()).isCloseTo(0, within(0.005));
  }

  @Test
  void denseWithoutBias() {
    Dense layer = new Dense(3, 2).bias(false);
    assertThat(EagerWeights.tensors(layer).keySet()).containsExactly("weight");
    assertTensor(layer.apply(Ops.zeros(1, 3)), shape(1, 2), 0, 0);
    assertThat(EagerWeights.tensors(layer.bias(true)).keySet()).containsExactly("weight", "bias");
  }

  @Test
  void denseTakesItsInFeaturesFromTheFirstTensor() {
    Dense layer = new Dense(2).bias(false);
    assertThat(EagerWeights.tensors(layer)).isEmpty();
    assertRejected(layer::weight, "Dense(2)", "in-features");
    Tensor y = layer.apply(varied(1, 4, 3));
    assertThat(y.shape()).containsExactly(4, 2);
    assertThat(parameter(layer, "weight").shape()).containsExactly(2, 3);
    assertClose(layer.apply(varied(1, 4, 3)), y);
    assertRejected(() -> layer.apply(Ops.ones(4, 5)), "[4, 5]", "5 and 3");
  }

  @Test
  void sizesMustBePositive() {
    assertRejected(() -> new Dense(0), "1 out-feature", "0 came");
    assertRejected(() -> new Dense(0, 3), "1 in-feature", "0 came");
    assertRejected(() -> new Conv2d(0, 3, 3), "1 in-channel", "0 came");
    assertRejected(() -> new Conv1d(-1), "1 out-channel", "-1 came");
    assertRejected(() -> new ConvTranspose2d(2, 0, 3), "1 out-channel", "0 came");
    assertRejected(() -> new Embedding(0, 3), "1 row", "0, 3 came");
    assertRejected(() -> new LayerNorm(0), "1 feature", "0 came");
  }

  @Test
  void conv2d() {
    Conv2d layer = new Conv2d(4, 6, 3, 2).stride(2, 1).padding(1, 2).dilation(1, 2).groups(2);
    Tensor weight = parameter(layer, "weight");
    Tensor bias = parameter(layer, "bias");
    assertThat(weight.shape()).containsExactly(6, 2, 3, 2);
    Tensor x = varied(1, 2, 4, 7, 6);
    int[] stride = {2, 1};
    int[] padding = {1, 2};
    int[] dilation = {1, 2};
    assertClose(layer.apply(x), Ops.conv2d(x, weight, bias, stride, padding, dilation, 2));
  }

  @Test
  void squareOptionsOfConv2d() {
    Conv2d layer = new Conv2d(1, 2, 3).stride(2).padding(1).dilation(2).bias(false);
    Tensor x = varied(1, 2, 1, 9, 8);
    Tensor weight = parameter(layer, "weight");
    assertClose(layer.apply(x), Ops.conv2d(x, weight, null, 2, 1, 2, 1));
    assertThat(EagerWeights.tensors(layer)).hasSize(1);
  }

  @Test
  void conv2dStartsAsPyTorchs() {
    Conv2d layer = new Conv2d(8, 64, 5).groups(2);
    assertWithin(parameter(layer, "weight"), 1 / Math.sqrt(4 * 25));
    assertWithin(parameter(layer, "bias"), 1 / Math.sqrt(4 * 25));
  }

  @Test
  void conv2dTakesItsChannelsFromTheFirstTensor() {
    Conv2d layer = new Conv2d(6).kernel(3).groups(2);
    assertThat(layer.apply(Ops.ones(1, 4, 5, 5)).shape()).containsExactly(1, 6, 3, 3);
    assertThat(parameter(layer, "weight").shape()).containsExactly(6, 2, 3, 3);
    assertRejected(() -> new Conv2d(6).apply(Ops.ones(1, 4, 5, 5)), "Conv2d(6)", "kernel size");
    assertRejected(() -> new Conv2d(6).kernel(3).groups(3).apply(Ops.ones(1, 4, 5, 5)), "divide 4");
  }

  @Test
  void conv2dKeepsSizesWithSame() {
    Tensor x = varied(1, 1, 2, 6, 7);
    Conv2d odd = new Conv2d(2, 3, 3, 5).same();
    assertThat(odd.apply(x).shape()).containsExactly(1, 3, 6, 7);
    assertClose(
        odd.apply(x),
        Ops.conv2d(
            x,
            parameter(odd, "weight"),
            parameter(odd, "bias"),
            new int[] {1, 1},
            new int[] {1, 2},
            new int[] {1, 1},
            1));
    Conv2d even = new Conv2d(2, 3, 2).dilation(3).same().bias(false);
    Tensor padded = Ops.pad(Ops.pad(x, 2, 1, 2), 3, 1, 2);
    assertClose(even.apply(x), Ops.conv2d(padded, parameter(even, "weight"), null, 1, 0, 3, 1));
    assertThat(even.padding(0).apply(x).shape()).containsExactly(1, 3, 3, 4);
    assertRejected(
        () -> new Conv2d(2, 3, 3).same().stride(2).apply(x), "same() expects stride 1", "2, 2");
  }

  @Test
  void groupsMustDivide() {
    Conv2d layer = new Conv2d(4, 6, 3);
    assertRejected(() -> layer.groups(4), "divide 4 in-channels and 6 out-channels", "4 came");
    assertRejected(() -> new Conv1d(3, 4, 3).groups(2), "divide 3 in-channels");
    assertRejected(() -> new ConvTranspose2d(3, 4, 3).groups(0), "0 came");
  }

  @Test
  void conv1d() {
    Conv1d layer = new Conv1d(4, 6, 3).stride(2).padding(1).dilation(2).groups(2);
    Tensor x = varied(1, 2, 4, 9);
    Tensor weight = parameter(layer, "weight");
    assertThat(weight.shape()).containsExactly(6, 2, 3);
    assertClose(layer.apply(x), Ops.conv1d(x, weight, parameter(layer, "bias"), 2, 1, 2, 2));
    assertWithin(parameter(new Conv1d(4, 64, 25), "weight"), 0.1);
    Conv1d same = new Conv1d(2).kernel(4).same();
    assertThat(same.apply(Ops.ones(1, 3, 7)).shape()).containsExactly(1, 2, 7);
    assertRejected(() -> new Conv1d(2).apply(Ops.ones(1, 3, 7)), "Conv1d(2)", "kernel size");
    assertRejected(
        () -> new Conv1d(3, 2, 3).stride(2).same().apply(Ops.ones(1, 3, 7)), "stride 1", "2 came");
  }

  @Test
  void convTranspose2d() {
    ConvTranspose2d layer =
        new ConvTranspose2d(4, 6, 3, 2)
            .stride(2, 3)
            .padding(1, 0)
            .outputPadding(1, 2)
            .dilation(2, 1)
            .groups(2);
    Tensor x = varied(1, 2, 4, 3, 5);
    Tensor weight = parameter(layer, "weight");
    assertThat(weight.shape()).containsExactly(4, 3, 3, 2);
    int[] stride = {2, 3};
    int[] padding = {1, 0};
    int[] extra = {1, 2};
    int[] dilation = {2, 1};
    assertClose(
        layer.apply(x),
        Ops.convTranspose2d(
            x, weight, parameter(layer, "bias"), stride, padding, extra, dilation, 2));
    assertWithin(parameter(new ConvTranspose2d(64, 4, 5), "weight"), 0.1);
  }

  @Test
  void convTranspose2dUndoesTheShapeOfConv2d() {
    Tensor x = Ops.ones(1, 3, 8, 8);
    Tensor h = new Conv2d(3, 5, 3).stride(2).padding(1).apply(x);
    ConvTranspose2d up =
        new ConvTranspose2d(3).kernel(3).stride(2).padding(1).outputPadding(1).bias(false);
    assertThat(up.apply(h).shape()).isEqualTo(x.shape());
    assertThat(parameter(up, "weight").shape()).containsExactly(5, 3, 3, 3);
    assertThat(EagerWeights.tensors(up)).hasSize(1);
  }

  @Test
  void pooling() {
    Tensor x = varied(1, 2, 3, 7, 6);
    assertClose(new MaxPool2d(2).apply(x), Ops.maxPool2d(x, 2));
    assertClose(new MaxPool2d(3).stride(2).padding(1).apply(x), Ops.maxPool2d(x, 3, 2, 1));
    assertClose(new AvgPool2d(2).apply(x), Ops.avgPool2d(x, 2));
    int[] size = {3, 2};
    int[] stride = {1, 2};
    int[] padding = {1, 0};
    assertClose(
        new AvgPool2d(3, 2).stride(1, 2).padding(1, 0).apply(x),
        Ops.avgPool2d(x, size, stride, padding));
    assertClose(
        new MaxPool2d(3, 2).stride(1, 2).padding(1, 0).apply(x),
        Ops.maxPool2d(x, size, stride, padding));
    assertClose(new AdaptiveAvgPool2d(3).apply(x), Ops.adaptiveAvgPool2d(x, 3, 3));
    assertClose(new AdaptiveAvgPool2d(2, 4).apply(x), Ops.adaptiveAvgPool2d(x, 2, 4));
    assertClose(new GlobalAvgPool2d().apply(x), Ops.globalAvgPool2d(x));
  }

  @Test
  void layerNorm() {
    LayerNorm layer = new LayerNorm(4);
    assertThat(EagerWeights.tensors(layer).keySet()).containsExactly("weight", "bias");
    Tensor x = Tensor.of(new double[] {1, 2, 3, 6, 5, 5, 5, 5}, 2, 4);
    double s = 1 / Math.sqrt(3.5 + 1e-5);
    assertTensor(layer.apply(x), shape(2, 4), -2 * s, -s, 0, 3 * s, 0, 0, 0, 0);
    LayerNorm open = new LayerNorm().epsilon(0.5);
    Tensor y = open.apply(x);
    assertThat(y.get(0, 3)).isCloseTo(1.5, within(1e-12));
    assertThat(parameter(open, "weight").shape()).containsExactly(4);
    assertThat(layer.apply(Ops.zeros(0, 3, 4)).shape()).containsExactly(0, 3, 4);
  }

  @Test
  void embedding() {
    Embedding layer = new Embedding(5, 3);
    IntTensor tokens = IntTensor.of(new int[] {4, 0}, 1, 2);
    assertClose(layer.apply(tokens), Ops.embedding(layer.weight(), tokens));
    assertThat(parameter(layer, "weight").shape()).containsExactly(5, 3);
    Tensor large = new Embedding(100, 100).weight();
    assertThat(Ops.variance(large).item()).isCloseTo(1, within(0.05));
  }

  @Test
  void activations() {
    Tensor x = varied(1, 2, 3);
    Map<UnaryOperator<Tensor>, UnaryOperator<Tensor>> pairs =
        Map.of(
            new Relu(), Ops::relu,
            new Gelu(), Ops::gelu,
            new Silu(), Ops::silu,
            new Sigmoid(), Ops::sigmoid,
            new Tanh(), Ops::tanh,
            new LeakyRelu(), Ops::leakyRelu,
            new LeakyRelu(0.2), v -> Ops.leakyRelu(v, 0.2),
            new Elu(), Ops::elu,
            new Elu(0.5), v -> Ops.elu(v, 0.5),
            new Softmax(0), v -> Ops.softmax(v, 0));
    pairs.forEach((layer, function) -> assertClose(layer.apply(x), function.apply(x)));
  }

  @Test
  void flattenAndDropout() {
    Tensor x = varied(1, 2, 3, 4);
    assertThat(new Flatten().apply(x).shape()).containsExactly(2, 12);
    assertThat(new Flatten(0).apply(x).shape()).containsExactly(24);
    assertThat(new Dropout().apply(x)).isSameAs(x);
    Eager.seed(1);
    Tensor dropped = Eager.training(() -> new Dropout(0.25).apply(Ops.ones(1000)));
    assertThat(Ops.sum(Ops.equal(dropped, 0)).item()).isBetween(200.0, 300.0);
    Eager.seed(1);
    Tensor half = Eager.training(() -> new Dropout().apply(Ops.ones(1000)));
    assertThat(Ops.sum(Ops.equal(half, 0)).item()).isBetween(450.0, 550.0);
  }

  @Test
  void sequential() {
    Dense first = new Dense(3, 4);
    Dense last = new Dense(2);
    Sequential layers = new Sequential(first, Ops::relu, new Sequential(List.of(last)));
    Tensor x = varied(1, 5, 3);
    Tensor y = layers.apply(x);
    assertClose(y, last.apply(Ops.relu(first.apply(x))));
    assertThat(EagerWeights.tensors(layers).keySet())
        .containsExactly("0.weight", "0.bias", "2.0.weight", "2.0.bias");
    assertThat(new Sequential().apply(x)).isSameAs(x);
  }

  /** The size that an oracle meets: a batch of digits through the MNIST network. */
  @Test
  void mnistCnn() {
    Sequential net =
        new Sequential(
            new Conv2d(1, 32, 3),
            new Relu(),
            new MaxPool2d(2),
            new Conv2d(32, 64, 3),
            new Relu(),
            new MaxPool2d(2),
            new Flatten(),
            new Dense(64 * 5 * 5, 120),
            new Relu(),
            new Dense(84),
            new Relu(),
            new Dense(10));
    Tensor images = varied(1, 8, 1, 28, 28);
    Tensor logits = net.apply(images);
    assertThat(logits.shape()).containsExactly(8, 10);
    assertClose(net.apply(Ops.slice(images, 0, 3, 4)), Ops.slice(logits, 0, 3, 4));
  }
}
