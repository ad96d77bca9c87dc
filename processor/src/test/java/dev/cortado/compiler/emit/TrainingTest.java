package dev.cortado.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.model.ModelGraph;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainingTest {
  static ModelGraph mlp() {
    Stage stage = new Stage("Mlp");
    Value x = stage.input("point", ElementType.FLOAT, "N", 2);
    Value label = stage.target("label", ElementType.LABEL, "N");
    stage.line("fc1", "Tensor h = fc1.apply(point);");
    Value h = stage.dense("fc1", x, 16);
    stage.line("relu", "h = relu(h);");
    h = stage.call("relu", h);
    stage.line("fc2", "return fc2.apply(h);");
    Value logits = stage.dense("fc2", h, 2);
    stage.line("softmaxCrossEntropy", "return softmaxCrossEntropy(logits, label);");
    Value loss = stage.call("softmaxCrossEntropy", logits, label);
    return stage.model(loss, logits);
  }

  @Test
  void aNetworkLearnsToTellInsideFromOutside() {
    Generated generated = Generated.of(mlp());
    if (Boolean.getBoolean("print")) {
      System.out.println(generated.source());
    }
    Network network = generated.create(1);
    Random random = new Random(3);
    int n = 64;
    float[] points = new float[2 * n];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      points[2 * i] = random.nextFloat(-1, 1);
      points[2 * i + 1] = random.nextFloat(-1, 1);
      labels[i] = Math.hypot(points[2 * i], points[2 * i + 1]) < 0.7 ? 1 : 0;
    }
    TrainingSession session = network.session(n);
    Batch batch = new Batch(n, List.of(points), List.of(labels));
    float first = session.train(batch, 1, 0);
    for (int step = 0; step < 2000; step++) {
      session.train(batch, 1, step);
      float[] weights = network.weights();
      for (int i = 0; i < weights.length; i++) {
        weights[i] -= 0.5f * session.gradients()[i];
      }
    }
    assertThat(session.evaluate(batch)).isLessThan(0.1f).isLessThan(first / 4);
    session.predict(batch);
    for (int i = 0; i < n; i++) {
      float[] one =
          (float[])
              Generated.call(
                  network, "predict", (Object) new float[] {points[2 * i], points[2 * i + 1]});
      assertThat(one)
          .containsExactly(
              new float[] {session.output(0)[2 * i], session.output(0)[2 * i + 1]}, within(1e-4f));
    }
  }
}
