package dev.cortado.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cortado.data.Dataset;
import dev.cortado.io.FileFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
  @TempDir Path folder;
  private final Dataset train =
      Blobs.of(203, 1)
          .map(
              (columns, batch, row, random) -> {
                float[] x = (float[]) batch.inputs().getFirst();
                x[2 * row] += (float) (0.1 * random.nextGaussian());
              });
  private final Dataset held = Blobs.of(80, 2);

  private static HandNetwork network() {
    return new HandNetwork(2, 12, 4, 0.2, 42);
  }

  /**
   * Everything that has state: momentum, dropout, augmentation, averages, a plateau, accumulation.
   */
  private Trainer trainer(HandNetwork net) {
    return Trainer.of(net)
        .optimizer(new Adam(0.02f).amsGrad().clipNorm(5))
        .epochs(6)
        .batchSize(16)
        .accumulate(2)
        .seed(5)
        .averageWeights(0.9)
        .schedule(Schedule.reduceOnPlateau(0.5, 0))
        .scheduleSteps(Schedule.warmUp(0.1, 10))
        .validation(held)
        .metrics(new Accuracy(2))
        .earlyStopping(6)
        .quiet();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 14, 20, 35})
  void aResumedRunGivesTheSameBits(int stopAfter) {
    HandNetwork whole = network();
    History expected = trainer(whole).fit(train);

    HandNetwork first = network();
    History part =
        trainer(first)
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
            .fit(train);
    assertThat(part.ending()).isEqualTo("as planned");

    HandNetwork second = new HandNetwork(2, 12, 4, 0.2, 7);
    History rest = trainer(second).checkpoints(folder).resume().fit(train);
    assertThat(second.weights()).isEqualTo(whole.weights());
    assertThat(rest.epochs()).hasSize(6);
    assertThat(rest.bestEpoch()).isEqualTo(expected.bestEpoch());
    for (String name : List.of("loss", "accuracy", "validation loss", "top-2 accuracy")) {
      assertThat(rest.values(name)).as(name).isEqualTo(expected.values(name));
    }
  }

  @Test
  void theNewestAndTheBestAreKept() {
    HandNetwork net = network();
    Checkpoints checkpoints = Checkpoints.in(folder).keepLast(2).every(5);
    trainer(net).checkpoints(checkpoints).fit(train);
    assertThat(checkpoints.files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("step-0000000042.safetensors", "step-0000000040.safetensors");
    HandNetwork best = network();
    best.load(checkpoints.best());
    assertThat(best.weights()).isEqualTo(net.weights());
    HandNetwork last = network();
    assertThat(last.load(checkpoints.files().getFirst()).unexpected()).isEmpty();
  }

  @Test
  void aDamagedCheckpointIsPassedOver() throws Exception {
    Checkpoints checkpoints = Checkpoints.in(folder);
    trainer(network()).checkpoints(checkpoints).fit(train);
    List<Path> files = checkpoints.files();
    byte[] bytes = Files.readAllBytes(files.getFirst());
    bytes[bytes.length - 9] ^= 4;
    Files.write(files.getFirst(), bytes);
    assertThat(checkpoints.newest(null)).contains(files.get(1));
    for (Path file : files) {
      Files.write(file, new byte[3]);
    }
    assertThatThrownBy(() -> checkpoints.newest(null))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("too short");
  }

  @Test
  void anotherRunsCheckpointIsRefusedAndNothingChanges() {
    trainer(network()).checkpoints(folder).fit(train);
    HandNetwork net = network();
    float[] before = net.weights().clone();
    assertThatThrownBy(() -> trainer(net).batchSize(8).checkpoints(folder).resume().fit(train))
        .hasMessageContaining("was made with batch size 16, this run has 8");
    assertThatThrownBy(
            () -> trainer(net).optimizer(new Adam(1)).checkpoints(folder).resume().fit(train))
        .hasMessageContaining("Adam keeps [exp_avg, exp_avg_sq], but what was saved is");
    HandNetwork wider = new HandNetwork(2, 13, 4, 0, 1);
    assertThatThrownBy(() -> trainer(wider).checkpoints(folder).resume().fit(train))
        .hasMessageContaining("it is another network's checkpoint");
    assertThat(net.weights()).isEqualTo(before);
  }

  @Test
  void divergenceNamesTheLastCheckpoint() {
    HandNetwork net = network();
    assertThatThrownBy(
            () ->
                trainer(net)
                    .checkpoints(folder)
                    .callback(
                        new Callback() {
                          @Override
                          public void epochStarted(Training training) {
                            if (training.epoch() == 3) {
                              net.weights()[1] = Float.NaN;
                            }
                          }
                        })
                    .fit(train))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("the loss is NaN at step 14 (epoch 3): weight fc1.weight[1] (NaN)")
        .hasMessageContaining("the last checkpoint is " + folder.resolve("step-0000000014"));
  }
}
