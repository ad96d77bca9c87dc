package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.data.Augmentation;
import dev.cortado.data.Dataset;
import dev.cortado.data.Split;
import dev.cortado.kernel.Team;
import dev.cortado.train.AdamW;
import dev.cortado.train.Callback;
import dev.cortado.train.Schedule;
import dev.cortado.train.Trainer;
import dev.cortado.train.Training;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same bits from a generated network, run after run, for any number of threads, and when a run
 * is taken up again, with everything that has state or draws random numbers: dropout, augmentation,
 * mixup, momentum, schedules, averaged weights, accumulation, prefetching.
 */
final class ReproducibleTest {
  private static final int THREADS = Team.threads();
  private static final Split DIGITS = DigitsData.load().take(500).stratifiedSplit(0.2, 3);
  private static final Dataset TRAIN =
      DIGITS.train().oneHot(10).map(Augmentation.crop(1).then(Augmentation.cutout(2)));
  private static final Dataset HELD = DIGITS.held().oneHot(10);

  @TempDir Path folder;

  @AfterEach
  void asBefore() {
    Team.setThreads(THREADS);
  }

  private static Trainer trainer(RegularisedNetwork net) {
    return Trainer.of(net)
        .optimizer(new AdamW(3e-3f).clipNorm(1))
        .schedule(Schedule.reduceOnPlateau(0.5, 0))
        .scheduleSteps(Schedule.warmUp(0.1, 10))
        .averageWeights(0.9)
        .mixup(0.4)
        .epochs(3)
        .batchSize(32)
        .accumulate(2)
        .seed(11)
        .prefetch()
        .validation(HELD)
        .earlyStopping(3)
        .quiet();
  }

  private static float[] weights(int threads) {
    Team.setThreads(threads);
    RegularisedNetwork net = RegularisedNetwork.create(5);
    trainer(net).fit(TRAIN);
    return net.weights();
  }

  @Test
  void runAfterRunAndForAnyNumberOfThreads() {
    float[] one = weights(1);
    assertThat(one).isNotEqualTo(RegularisedNetwork.create(5).weights());
    assertThat(weights(1)).isEqualTo(one);
    assertThat(weights(2)).isEqualTo(one);
    assertThat(weights(3)).isEqualTo(one);
    assertThat(Thread.getAllStackTraces().keySet())
        .as("the work was shared")
        .filteredOn(thread -> thread.getName().matches("cortado-\\d+"))
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 13})
  void aRunTakenUpAgain(int stopAfter) {
    RegularisedNetwork whole = RegularisedNetwork.create(5);
    trainer(whole).fit(TRAIN);
    trainer(RegularisedNetwork.create(5))
        .checkpoints(folder)
        .callback(
            new Callback() {
              @Override
              public void stepDone(Training training) {
                if (training.step() == stopAfter) {
                  training.stop("as planned");
                }
              }
            })
        .fit(TRAIN);
    RegularisedNetwork resumed = RegularisedNetwork.create(99);
    trainer(resumed).checkpoints(folder).resume().fit(TRAIN);
    assertThat(resumed.weights()).isEqualTo(whole.weights());
  }
}
