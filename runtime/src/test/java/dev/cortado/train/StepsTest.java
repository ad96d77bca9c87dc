package dev.cortado.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.Batch;
import dev.cortado.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
  private final Dataset train = Blobs.of(100, 1);

  private static HandNetwork network() {
    return new HandNetwork(2, 5, 4, 0, 42);
  }

  @Test
  void accumulatedBatchesEqualOneLargeBatch() {
    HandNetwork large = network();
    HandNetwork small = network();
    Trainer.of(large).optimizer(new Sgd(0.5f)).batchSize(40).epochs(3).quiet().fit(train);
    Trainer.of(small)
        .optimizer(new Sgd(0.5f))
        .batchSize(8)
        .accumulate(5)
        .epochs(3)
        .quiet()
        .fit(train);
    assertThat(small.weights()).containsExactly(large.weights(), within(1e-5f));
  }

  @Test
  void schedulesSetTheRate() {
    List<Float> rates = new ArrayList<>();
    Trainer.of(network())
        .optimizer(new Sgd(0.5f))
        .batchSize(50)
        .epochs(2)
        .schedule(Schedule.step(1, 0.1))
        .scheduleSteps(Schedule.linear(1, 0.5, 2))
        .callback(
            new Callback() {
              @Override
              public void stepDone(Training training) {
                rates.add(training.optimizer().learningRate());
              }
            })
        .quiet()
        .fit(train);
    assertThat(rates).containsExactly(0.5f, 0.375f, 0.025f, 0.025f);
  }

  @Test
  void averagedWeightsAreLeftInTheNetwork() {
    HandNetwork net = network();
    List<float[]> raw = new ArrayList<>();
    Trainer.of(net)
        .optimizer(new Sgd(1))
        .batchSize(50)
        .epochs(2)
        .averageWeights(0.75)
        .callback(
            new Callback() {
              @Override
              public void stepDone(Training training) {
                raw.add(training.network().weights().clone());
              }
            })
        .quiet()
        .fit(train);
    float[] average = raw.getFirst().clone();
    for (float[] weights : raw.subList(1, raw.size())) {
      for (int i = 0; i < average.length; i++) {
        average[i] += 0.25f * (weights[i] - average[i]);
      }
    }
    assertThat(net.weights()).containsExactly(average, within(1e-6f));
  }

  @Test
  void theNumberOfStepsCanBeLimited() {
    History history = Trainer.of(network()).batchSize(10).epochs(5).steps(23).quiet().fit(train);
    assertThat(history.epochs()).hasSize(2);
    assertThat(history.ending()).isEqualTo("all 23 updates done");
  }

  @Test
  void mixupMixesInputsAndTargetsAlike() {
    float[] x = {0, 1, 2, 3, 4, 5};
    Dataset data = Dataset.of(x, x.clone(), 6);
    Mixup mixup = new Mixup(data, 0.5, 6);
    Batch mixed = mixup.apply(data.all(), 1, 2);
    float[] inputs = ((float[]) mixed.inputs().getFirst()).clone();
    assertThat(inputs).isEqualTo(mixed.targets().getFirst()).isNotEqualTo(x);
    float sum = 0;
    for (float value : inputs) {
      sum += value;
    }
    assertThat(sum).isCloseTo(15, within(1e-4f));
    assertThat(mixup.apply(data.all(), 1, 2).inputs().getFirst()).isEqualTo(inputs);
    assertThat(mixup.apply(data.all(), 1, 3).inputs().getFirst()).isNotEqualTo(inputs);
    assertThatThrownBy(() -> Trainer.of(network()).mixup(0.2).quiet().fit(train))
        .hasMessageContaining("turn labels into probabilities with .oneHot(classes)");
  }

  @Test
  void penaltiesPullWeightsDown() {
    HandNetwork net = network();
    float[] before = net.weights().clone();
    new Sgd(0.1f).l1(0.5f).l2(0.25f).apply(net, new float[before.length]);
    for (int i = 0; i < before.length; i++) {
      float expected = before[i] - 0.1f * (0.5f * Math.signum(before[i]) + 0.5f * before[i]);
      assertThat(net.weights()[i]).isCloseTo(expected, within(1e-6f));
    }
  }
}
