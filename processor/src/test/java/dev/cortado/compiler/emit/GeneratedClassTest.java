package dev.cortado.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.graph.Value;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratedClassTest {

  @Test
  void everyMethodIsShortEnoughForHotSpot() {
    Generated generated = Generated.of(Models.deep(200));
    for (Map.Entry<String, byte[]> c : generated.classes().entrySet()) {
      for (MethodModel m : ClassFile.of().parse(c.getValue()).methods()) {
        int length = m.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
        assertThat(length).as(c.getKey() + "." + m.methodName().stringValue()).isLessThan(8000);
      }
    }
    Network network = generated.create(1);
    float[] answer = (float[]) Generated.call(network, "predict", new float[8]);
    assertThat(answer).hasSize(8).doesNotContain(Float.NaN);
    TrainingSession session = network.session(2);
    float loss =
        session.train(new Batch(2, List.of(new float[16]), List.of(new int[] {0, 7})), 1, 0);
    assertThat(loss).isFinite();
  }

  @Test
  void layersThatAreAlikeShareTheirKernels() {
    assertThat(Generated.of(Models.deep(50)).source().split("static void layers", -1).length)
        .isLessThan(8);
  }

  @Test
  void theSameModelGivesTheSameBytes() {
    assertThat(Generated.of(Models.recurrent()).source())
        .isEqualTo(Generated.of(Models.recurrent()).source());
  }

  @Test
  void sourceLinesOfTheUserStandAboveTheirKernels() {
    assertThat(Generated.of(Models.mnistCnn()).source())
        .contains("// MnistCnn.java:2: Tensor h = maxPool2d(relu(conv1.apply(image)), 2);")
        .contains(
            "new ConvShape(1, 28, 28, 32, 26, 26, 3, 3, 1, 1, 0, 0, 1, 1, 1, Layout.CHANNELS_FIRST,");
  }

  @Test
  void theApiIsThereWhenABodyIsWrong() throws ReflectiveOperationException {
    Generated generated = Generated.of(Models.recurrent().signature(), null);
    assertThatThrownBy(() -> generated.create(1, 5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Recurrent did not compile");
    Class<?> network = generated.loadClass("models.RecurrentNetwork");
    assertThat(network.getMethod("predict", float[].class, int[].class).getReturnType())
        .hasToString("class models.RecurrentNetwork$Output");
  }

  @Test
  void symbolsAreFoundFromLengthsOrGiven() {
    Network network = Generated.of(Models.recurrent()).create(1, 6);
    float[] xs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3};
    Object one = Generated.call(network, "predict", xs, new int[] {2});
    float[] last = (float[]) Generated.call(one, "last");
    float[] all = (float[]) Generated.call(one, "all");
    assertThat(all).hasSize(16).endsWith(last);
    Object two = Generated.call(network, "predictBatch", xs, new int[] {2, 3}, 2);
    assertThat((float[]) Generated.call(two, "last")).hasSize(8);
    Object predictor = Generated.call(network, "predictor", 3);
    float[] lastOut = new float[8];
    Generated.call(predictor, "predict", 2, 2, xs, new int[] {2, 3}, lastOut, new float[16]);
    assertThat(lastOut).isEqualTo((float[]) Generated.call(two, "last"));
  }

  @Test
  void wrongInputsAreRejectedBeforeAnythingChanges() {
    Network network = Generated.of(Models.mlp()).create(1);
    assertThatThrownBy(() -> Generated.call(network, "predict", new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Mlp: point [N, 2]: expected 2 elements for one sample, but got 3");
    TrainingSession session = network.session(2);
    float[] points = {1, 2, 3, 4};
    assertThatThrownBy(
            () -> session.train(new Batch(2, List.of(points), List.of(new int[] {0, 2})), 1, 0))
        .hasMessage("Mlp: label: expected values from 0 to 1, but element 1 is 2");
    assertThatThrownBy(
            () -> session.train(new Batch(3, List.of(points), List.of(new int[] {0, 1})), 1, 0))
        .hasMessageContaining("at most 2 samples, but got 3");
    assertThatThrownBy(
            () -> session.train(new Batch(2, List.of(new int[4]), List.of(new int[2])), 1, 0))
        .hasMessageContaining("point: expected float[], but got int[]");
    assertThat(session.gradients()).containsOnly(0);
    ((dev.cortado.compiled.CompiledNetwork) network).rejectNaN(true);
    assertThatThrownBy(() -> Generated.call(network, "predict", new float[] {0, Float.NaN}))
        .hasMessage("Mlp: point holds NaN at element 1");
  }

  @Test
  void veryManyTensorsAreJoined() {
    Stage stage = new Stage("Wide");
    Value x = stage.input("x", ElementType.FLOAT, "N", 2);
    Value[] parts = new Value[150];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = stage.call("mul", x, (double) i);
    }
    Network network = Generated.of(stage.model(null, stage.call("concat", 1, parts))).create(1);
    float[] y = (float[]) Generated.call(network, "predict", new float[] {1, 2});
    for (int i = 0; i < parts.length; i++) {
      assertThat(y[2 * i]).isEqualTo(i);
      assertThat(y[2 * i + 1]).isEqualTo(2 * i);
    }
  }

  @Test
  void aTableOfLayers() {
    assertThat(Generated.of(Models.mlp()).create(1).summary())
        .isEqualTo(
            """
            Mlp
            --------------------------------------------
            Layer        Output shape  Parameters  FLOPs
            --------------------------------------------
            fc1 (Dense)  [N, 16]               48     80
            fc2 (Dense)  [N, 2]                34     66
            --------------------------------------------
            Parameters: 82
            FLOPs: 162 (forward, one sample)
            """);
  }
}
