package dev.cortado.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cortado.data.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private final Dataset train = Blobs.of(400, 1);
  private final Dataset held = Blobs.of(101, 2);

  private static HandNetwork network() {
    return new HandNetwork(2, 16, 4, 0, 42);
  }

  @Test
  void learnsAndReportsALineAnEpoch() {
    HandNetwork net = network();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    History history =
        Trainer.of(net)
            .optimizer(new Adam(1e-2f))
            .epochs(8)
            .batchSize(64)
            .validation(held)
            .reportTo(new PrintStream(text, true, StandardCharsets.UTF_8))
            .fit(train);

    assertThat(history.epochs()).hasSize(8);
    assertThat(history.last().validationAccuracy()).isGreaterThan(0.97);
    assertThat(history.last().loss()).isLessThan(history.epochs().getFirst().loss() / 3);
    assertThat(history.last().step()).isEqualTo(8 * 7);
    List<String> lines = text.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(9);
    assertThat(lines.get(7))
        .matches(
            "epoch 8/8  loss 0\\.\\d{4}  accuracy +\\d+\\.\\d\\d%  validation loss 0\\.\\d{4}"
                + "  accuracy +\\d+\\.\\d\\d%  [\\d,]+ samples/s");
    assertThat(lines.get(8)).isEqualTo("all 8 epochs done");
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
    assertThat(weightsAfterTraining(7)).isEqualTo(weightsAfterTraining(7));
    assertThat(weightsAfterTraining(7)).isNotEqualTo(weightsAfterTraining(8));
  }

  private float[] weightsAfterTraining(long seed) {
    HandNetwork net = new HandNetwork(2, 16, 4, 0.2, 42);
    Trainer.of(net).epochs(3).seed(seed).quiet().fit(train);
    return net.weights();
  }

  @Test
  void prefetchedBatchesAreTheSame() {
    HandNetwork one = network();
    HandNetwork other = network();
    Trainer.of(one).epochs(2).quiet().fit(train);
    Trainer.of(other).epochs(2).prefetch().quiet().fit(train);
    assertThat(other.weights()).isEqualTo(one.weights());
  }

  @Test
  void earlyStoppingRestoresTheBestWeights() {
    HandNetwork net = network();
    History history =
        Trainer.of(net)
            .optimizer(new Sgd(8f))
            .epochs(60)
            .validation(held)
            .earlyStopping(3)
            .quiet()
            .fit(train);
    assertThat(history.ending()).isEqualTo("no better validation loss for 3 epochs");
    assertThat(history.epochs()).hasSize(history.bestEpoch() + 3);
    double best = history.epochs().get(history.bestEpoch() - 1).validationLoss();
    assertThat(Evaluation.of(net, held, 32).loss()).isEqualTo(best);
    assertThat(history.last().validationLoss()).isGreaterThan(best);
  }

  @Test
  void aLossThatIsNotFiniteStopsWithTheLastGoodWeights() {
    HandNetwork net = network();
    float[] x = {1, 2, Float.NaN, 4};
    Dataset broken = Dataset.of(x, new int[] {0, 1});
    float[] before = net.weights().clone();
    assertThatThrownBy(() -> Trainer.of(net).quiet().fit(broken))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "the loss is NaN at step 0 \\(epoch 1\\): input x holds NaN in sample [01] of the"
                + " batch");
    assertThat(net.weights()).isEqualTo(before);
  }

  @Test
  void mistakesAreToldBeforeAnythingChanges() {
    HandNetwork net = network();
    float[] before = net.weights().clone();
    Dataset empty = Dataset.of(new float[0], new int[0]);
    Dataset outOfRange = Dataset.of(new float[8], new int[] {0, 1, 4, 2});
    Dataset wide = Dataset.of(new float[12], new int[] {0, 1, 2, 3});
    refuses(
        () -> Trainer.of(net).quiet().fit(empty), "the training set is empty: Hand needs samples");
    refuses(
        () -> Trainer.of(net).quiet().validation(empty).fit(train),
        "the validation set is empty: Hand needs samples");
    refuses(
        () -> Trainer.of(net).quiet().fit(outOfRange),
        "label 4 of sample 2 in the training set is out of range: label has 4 classes, 0 to 3");
    refuses(
        () -> Trainer.of(net).quiet().fit(wide),
        "Hand: x is [N, 2], so a sample has 2 elements; in the training set input 0 has 3 (shape"
            + " [3])");
    refuses(
        () -> Trainer.of(net).quiet().fit(Dataset.of(new float[4], new float[2], 2)),
        "Hand: label takes int[], but target 0 of the training set is float[]");
    refuses(
        () -> Trainer.of(net).quiet().validation(held).fit(train.subset(0, 1, 4, 5)),
        "class 2 of sample 2 in the validation set is missing from the training set: split with"
            + " .stratifiedSplit(fraction, seed)");
    refuses(() -> new Adam(0), "the learning rate must be above 0, got 0.0");
    refuses(() -> new Sgd(Float.NaN), "the learning rate must be above 0, got NaN");
    refuses(() -> Trainer.of(net).batchSize(0), "the batch size must be at least 1, got 0");
    refuses(
        () -> Trainer.of(net).quiet().earlyStopping(2).fit(train),
        "early stopping watches the validation loss: give validation data with .validation(held)");
    refuses(
        () -> Trainer.of(net).quiet().optimizer(new Sgd(1).freeze("conv*")).fit(train),
        "no parameter of Hand is named like \"conv*\";"
            + " there are [fc1.weight, fc1.bias, fc2.weight, fc2.bias]");
    assertThat(net.weights()).isEqualTo(before);
  }

  private static void refuses(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void historyIsWrittenAndDrawn(@TempDir Path folder) throws Exception {
    History history = Trainer.of(network()).epochs(3).validation(held).quiet().fit(train);
    history.writeCsv(folder.resolve("history.csv"));
    history.writeJson(folder.resolve("history.json"));
    List<String> lines = Files.readAllLines(folder.resolve("history.csv"));
    assertThat(lines).hasSize(4);
    assertThat(lines.getFirst()).startsWith("epoch,step,loss,accuracy,validation_loss");
    assertThat(lines.get(1).split(",", -1)).hasSize(lines.getFirst().split(",", -1).length);
    var json =
        com.google.gson.JsonParser.parseString(Files.readString(folder.resolve("history.json")))
            .getAsJsonArray();
    assertThat(json.get(2).getAsJsonObject().get("validation_loss").getAsDouble())
        .isEqualTo(history.last().validationLoss());
    assertThat(history.plot(folder.resolve("curves.png"))).isTrue();
    assertThat(ImageIO.read(folder.resolve("curves.png").toFile()).getWidth()).isGreaterThan(700);
    assertThat(history.toString().lines()).hasSize(5);
  }

  @Test
  void aLoopByHand() {
    HandNetwork net = network();
    Optimizer optimizer = new Sgd(0.5f).momentum(0.9);
    float first = net.step(train.all(), optimizer);
    float last = first;
    for (int i = 0; i < 30; i++) {
      last = net.step(train.all(), optimizer);
    }
    assertThat(last).isLessThan(first / 4);
    assertThat(optimizer.session(net, 400).gradient("fc2.bias")).hasSize(4);
    assertThatThrownBy(() -> net.parameter("fc3.bias")).hasMessageContaining("fc2.weight");
    assertThatThrownBy(() -> network().step(train.all(), optimizer))
        .hasMessageContaining("already belongs to a network");
  }

  @Test
  void anUpdateAllocatesNothing() {
    HandNetwork net = network();
    Optimizer optimizer =
        new Adam(1e-3f).clipNorm(1).clipValue(0.5f).l1(1e-4f).group(ParameterGroup.of("*.bias"));
    float[] gradients = new float[net.weights().length];
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      optimizer.apply(net, gradients);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) {
      optimizer.apply(net, gradients);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
  }
}
