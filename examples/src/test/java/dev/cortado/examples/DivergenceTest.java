package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cortado.Batch;
import dev.cortado.data.Dataset;
import dev.cortado.train.Checkpoints;
import dev.cortado.train.DivergedException;
import dev.cortado.train.Sgd;
import dev.cortado.train.Trainer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loss that is not finite, in generated networks: the step, the layer and what is kept. */
final class DivergenceTest {
  @TempDir Path folder;
  private final FragileNetwork net = FragileNetwork.create(1);

  /** Samples whose weights are 1 but for the last one's. */
  private static Dataset samples(int count, float lastWeight) {
    float[] x = new float[2 * count];
    float[] weight = new float[count];
    for (int i = 0; i < count; i++) {
      x[2 * i] = i % 3 - 1;
      x[2 * i + 1] = i % 5 - 2;
      weight[i] = 1;
    }
    weight[count - 1] = lastWeight;
    return Dataset.ofArrays(count, List.of(x, weight), List.of(new float[count]));
  }

  private DivergedException diverges(Dataset data, Path checkpoints) {
    return catchThrowableOfType(
        DivergedException.class,
        () ->
            Trainer.of(net)
                .optimizer(new Sgd(1e-3f))
                .batchSize(5)
                .checkpoints(Checkpoints.in(checkpoints).every(1))
                .quiet()
                .fit(data));
  }

  @Test
  void anOperationOfTheModelIsNamedWithItsLineAndTheSample() {
    float[] before = net.weights().clone();
    assertThatThrownBy(() -> Trainer.of(net).batchSize(20).quiet().fit(samples(20, 0)))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "the loss is Infinity at step 0 \\(epoch 1\\): inputs and weights are finite; in sample"
                + " \\d+ of the batch log \\(Fragile\\.java:22\\) gives -Infinity, the first that"
                + " is not finite\\. The weights are the last good ones\\..*");
    assertThat(net.weights()).isEqualTo(before);
  }

  @Test
  void theLastGoodCheckpointIsKeptAndNamed() {
    DivergedException thrown = diverges(samples(50, 0), folder);
    List<Path> files = Checkpoints.in(folder).files();
    assertThat(thrown.step()).isBetween(1L, 9L);
    assertThat(thrown)
        .hasMessageContaining("at step " + thrown.step() + " (epoch 1)")
        .hasMessageContaining("log (Fragile.java:22) gives -Infinity")
        .hasMessageEndingWith("; the last checkpoint is " + files.getFirst());
    FragileNetwork kept = FragileNetwork.create(2);
    kept.load(files.getFirst());
    assertThat(kept.weights()).isEqualTo(net.weights()).doesNotContain(Float.NaN);
  }

  @Test
  void aLayerIsNamedByItsPath() {
    Arrays.fill(net.weights(), 0, 8, 3e38f);
    assertThatThrownBy(() -> Trainer.of(net).quiet().fit(samples(20, 1)))
        .hasMessageContaining("matmul in layer encode (Fragile.java:21) gives Infinity");
    FragileNetwork other = FragileNetwork.create(1);
    Arrays.fill(other.weights(), 8, 12, 100);
    Arrays.fill(other.weights(), 12, 16, 3e38f);
    assertThatThrownBy(() -> other.step(samples(20, 1).all(), new Sgd(1)))
        .hasMessageContaining("the loss is Infinity at step 0: ")
        .hasMessageContaining("matmul in layer decode (Fragile.java:22) gives Infinity");
  }

  @Test
  void sumsThatOverflowOnTheirWayAreNamedToo() {
    // 3e38 - 3e38 + … is finite in double precision.
    for (int i = 0; i < 4; i++) {
      net.weights()[8 + i] = 10;
      net.weights()[12 + i] = i < 2 ? 3e38f : -3e38f;
    }
    Arrays.fill(net.weights(), 0, 8, 0);
    assertThatThrownBy(() -> net.step(samples(20, 1).all(), new Sgd(1)))
        .hasMessageContaining("output is not finite; sums exceed single precision")
        .hasMessageContaining("in layer decode (Fragile.java:22) gives");
  }

  @Test
  void theLossItselfIsNamedWhenTheOutputsAreFinite() {
    Batch batch = samples(20, 1).all();
    ((float[]) batch.targets().getFirst())[3] = 1e20f;
    assertThatThrownBy(() -> net.step(batch, new Sgd(1)))
        .hasMessageContaining("Infinity at step 0: ")
        .hasMessageContaining("in sample 3 of the batch mse (Fragile.java:26) gives Infinity");
  }

  @Test
  void anUpdateThatOverflowsLeavesTheGoodCheckpointsAlone() {
    float[] weights = net.weights();
    DivergedException thrown =
        catchThrowableOfType(
            DivergedException.class,
            () ->
                Trainer.of(net)
                    .optimizer(new Sgd(3e38f))
                    .batchSize(5)
                    .checkpoints(Checkpoints.in(folder).keepLast(1).every(1))
                    .quiet()
                    .fit(samples(20, 1)));
    assertThat(weights).contains(Float.NEGATIVE_INFINITY);
    assertThat(thrown)
        .hasMessageContaining("after step 1 weight decode")
        .hasMessageContaining("no checkpoint is saved")
        .hasMessageEndingWith("no checkpoint was saved yet");
    assertThat(Checkpoints.in(folder).files()).isEmpty();
  }

  @Test
  void aGradientIsNamedByItsLayer() {
    // decode.weight's gradient, the error times h, is too large; encode's holds what comes from it.
    Batch batch = samples(20, 1).all();
    Arrays.fill(net.weights(), 0, 8, 1e30f);
    Arrays.fill(net.weights(), 12, 16, 0);
    Arrays.fill((float[]) batch.targets().getFirst(), 1e18f);
    assertThatThrownBy(() -> net.step(batch, new Sgd(1)))
        .hasMessageMatching(
            "the loss is finite at step 0 but the gradient of decode\\.weight\\[0\\]"
                + " \\(-Infinity\\) is not: it is the first on the way back from the loss\\..*");
  }
}
