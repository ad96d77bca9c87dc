package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import dev.cortado.data.Dataset;
import dev.cortado.train.Adam;
import dev.cortado.train.Evaluation;
import dev.cortado.train.LearningRateFinder;
import dev.cortado.train.Sgd;
import dev.cortado.train.Trainer;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.fake.PlanState;

/** Whoever opens a session gives its memory on the device back; on the double, which counts it. */
class DeviceMemoryTest {
  private static final String SOURCE =
      ModelCase.imports()
          + """
          @Model
          public class Held {
            final Dense fc = new Dense(3, 2);
            Tensor forward(@Shape("N, 3") Tensor x) { return fc.apply(x); }
            Tensor loss(Tensor y, @Shape("N") Labels label) { return softmaxCrossEntropy(y, label); }
          }
          """;

  private static final Compiled COMPILED = Compiled.of(Map.of("Held", SOURCE)).succeeded();

  private static Network network() {
    try {
      Method create = COMPILED.load("HeldTornadoNetwork").getMethod("create", long.class);
      return (Network) create.invoke(null, 1L);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aClosedSessionHoldsNothing() {
    int before = PlanState.buffers();
    Network net = network();
    TrainingSession session = net.session(2);
    Batch batch = new Batch(2, List.of(new float[6]), List.of(new int[2]));
    session.predict(batch);
    assertThat(PlanState.buffers()).isGreaterThan(before);
    session.train(batch, 1, 1);
    session.close();
    assertThat(PlanState.buffers()).isEqualTo(before);
    session.evaluate(batch);
    assertThat(PlanState.buffers()).isGreaterThan(before);
    session.close();
    assertThat(PlanState.buffers()).isEqualTo(before);
  }

  @Test
  void trainersAndEvaluationsGiveBackWhatTheyTook() throws Exception {
    int before = PlanState.buffers();
    Network net = network();
    Dataset data = Dataset.of(new float[30], new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1});
    Trainer.of(net).optimizer(new Adam(0.01f)).epochs(2).batchSize(4).quiet().fit(data);
    assertThat(PlanState.buffers()).isEqualTo(before);
    Evaluation.of(net, data, 4);
    Evaluation.predict(net, data, 4);
    LearningRateFinder.run(net, new Sgd(1), data, 4);
    assertThat(PlanState.buffers()).isEqualTo(before);
    ((AutoCloseable) net).close();
    assertThat(PlanState.buffers()).isEqualTo(before);
  }
}
