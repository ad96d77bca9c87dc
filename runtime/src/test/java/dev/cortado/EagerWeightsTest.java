package dev.cortado;

import static dev.cortado.Expected.assertRejected;
import static dev.cortado.Expected.assertTensor;
import static dev.cortado.Expected.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Param;
import dev.cortado.nn.Conv2d;
import dev.cortado.nn.Dense;
import dev.cortado.nn.Embedding;
import dev.cortado.nn.LayerNorm;
import dev.cortado.nn.Relu;
import dev.cortado.nn.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EagerWeightsTest {
  @Layer
  static class Block {
    final Dense down = new Dense(3, 2).bias(false);
    @Param private final Tensor scale = Ops.ones(2);
  }

  @Layer
  static final class WiderBlock extends Block {
    final LayerNorm norm = new LayerNorm(2);
  }

  @Model
  static final class Net {
    static final Dense SHARED_BY_ALL = new Dense(1, 1);
    final Conv2d conv = new Conv2d(1, 2, 3);
    final List<Block> blocks = List.of(new Block(), new WiderBlock());
    final Sequential head = new Sequential(new Dense(2, 2), new Relu(), Ops::tanh, new Dense(1));
    final Embedding[] tables = {new Embedding(2, 1)};
    final Dense[][] grid = {{new Dense(1, 1).bias(false)}};
    @Param final Tensor[] gains = {Ops.zeros(1), Ops.ones(1)};
    final Dense again = blocks.getFirst().down;
    final String name = "no layer";
  }

  private static ParameterInfo info(String name, int offset, Integer... dims) {
    int count = 1;
    for (int size : dims) {
      count *= size;
    }
    return new ParameterInfo(name, List.of(dims), offset, count);
  }

  @Test
  void namesAreThePathsOfFields() {
    assertThat(EagerWeights.tensors(new Net()).keySet())
        .containsExactly(
            "conv.weight",
            "conv.bias",
            "blocks.0.down.weight",
            "blocks.0.scale",
            "blocks.1.down.weight",
            "blocks.1.scale",
            "blocks.1.norm.weight",
            "blocks.1.norm.bias",
            "head.0.weight",
            "head.0.bias",
            "tables.0.weight",
            "grid.0.0.weight",
            "gains.0",
            "gains.1");
  }

  @Test
  void setsEveryKindAndReadsItBack() {
    Net net = new Net();
    List<ParameterInfo> parameters = new ArrayList<>();
    int offset = 0;
    for (var entry : EagerWeights.tensors(net).entrySet()) {
      Integer[] dims = Arrays.stream(entry.getValue().shape()).boxed().toArray(Integer[]::new);
      parameters.add(info(entry.getKey(), offset, dims));
      offset += entry.getValue().count();
    }
    float[] weights = new float[offset];
    for (int i = 0; i < offset; i++) {
      weights[i] = i + 0.5f;
    }
    EagerWeights.set(net, parameters, weights);
    assertThat(EagerWeights.get(net, parameters)).isEqualTo(weights);
    assertThat(net.gains[1].item()).isEqualTo(offset - 0.5);
    Tensor dot = Ops.reshape(Ops.oneHot(Labels.of(new int[] {1}), 9), 1, 1, 3, 3);
    assertThat(net.conv.apply(dot).get(0, 0, 0, 0)).isEqualTo(1.5 + 18.5);
  }

  @Test
  void createsWhatALayerHasNotCreatedYet() {
    Sequential head = new Sequential(new Dense(2), new Relu());
    List<ParameterInfo> parameters = List.of(info("0.bias", 6, 2), info("0.weight", 0, 2, 3));
    assertThat(EagerWeights.tensors(head)).isEmpty();
    EagerWeights.set(head, parameters, new float[] {1, 0, 0, 0, -1, 0, 0.25f, 0});
    assertTensor(head.apply(Tensor.of(new double[] {5, 6, 7}, 1, 3)), shape(1, 2), 5.25, 0);
  }

  @Test
  void aFinalFieldKeepsItsTensor() {
    Block block = new Block();
    Tensor before = block.scale;
    EagerWeights.set(block, List.of(info("scale", 1, 2)), new float[] {9, 3, 4});
    assertThat(block.scale).isSameAs(before);
    assertTensor(before, shape(2), 3, 4);
  }

  @Test
  void refusesWhatIsNotThere() {
    Net net = new Net();
    float[] weights = new float[20];
    assertRejected(
        () -> EagerWeights.set(net, List.of(info("blocks.2.scale", 0, 2)), weights),
        "no parameter blocks.2.scale",
        "has no 2");
    assertRejected(
        () -> EagerWeights.set(net, List.of(info("conv.wieght", 0, 2)), weights),
        "no parameter conv.wieght",
        "Conv2d has no wieght");
    assertRejected(
        () -> EagerWeights.set(net, List.of(info("name", 0, 1)), weights), "no parameter name");
    assertRejected(
        () -> EagerWeights.set(net, List.of(info("conv.bias", 0, 3)), weights),
        "conv.bias is [2]",
        "[3] came");
    assertRejected(
        () -> EagerWeights.get(net, List.of(info("head.3.weight", 0, 1, 1))),
        "Net has no parameter head.3.weight");
  }
}
