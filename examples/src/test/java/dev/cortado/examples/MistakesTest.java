package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cortado.data.Cifar;
import dev.cortado.data.Dataset;
import dev.cortado.data.Idx;
import dev.cortado.data.ImageFolder;
import dev.cortado.data.Standardizer;
import dev.cortado.train.Adam;
import dev.cortado.train.EarlyStopping;
import dev.cortado.train.Evaluation;
import dev.cortado.train.Metrics;
import dev.cortado.train.ParameterGroup;
import dev.cortado.train.Schedule;
import dev.cortado.train.Sgd;
import dev.cortado.train.Trainer;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes of those who train a generated network: what is said, before anything changes. */
final class MistakesTest {
  @TempDir Path folder;
  private final DigitsCnnNetwork net = DigitsCnnNetwork.create(1);
  private final float[] before = net.weights().clone();
  private final Dataset digits = DigitsData.load().take(100);

  @AfterEach
  void nothingChanged() {
    assertThat(net.weights()).isEqualTo(before);
  }

  private Trainer trainer() {
    return Trainer.of(net).epochs(1).quiet();
  }

  private static Dataset labelled(int... labels) {
    return Dataset.images(new float[64 * labels.length], labels, 1, 8, 8);
  }

  private static void says(String message, ThrowingCallable mistake) {
    assertThatThrownBy(mistake)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void dataThatAreEmpty() {
    says("the training set is empty: DigitsCnn needs samples", () -> trainer().fit(labelled()));
    says("the validation set is empty", () -> trainer().validation(labelled()).fit(digits));
    says("the data set is empty", () -> Evaluation.of(net, labelled(), 8));
    says("cannot fit a standardizer: the data set is empty", () -> Standardizer.fit(labelled()));
    says("leaves one part empty", () -> digits.take(2).split(0.1, 1));
  }

  @Test
  void labelsOutOfRange() {
    says(
        "label 10 of sample 2 in the training set is out of range: digit has 10 classes, 0 to 9",
        () -> trainer().fit(labelled(0, 9, 10)));
    says(
        "label -1 of sample 1 in the validation set is out of range",
        () -> trainer().validation(labelled(0, -1)).fit(digits));
    says("label 9 of sample 9 is not between 0 and 8", () -> digits.take(10).oneHot(9));
  }

  @Test
  void classesMissingFromASplit() {
    says(
        "class 3 of sample 1 in the validation set is missing from the training set: split with"
            + " .stratifiedSplit(fraction, seed)",
        () -> trainer().validation(labelled(1, 3)).fit(labelled(0, 1, 2)));
    says(
        "class 2 has only sample 3: each part of a stratified split needs one of every class",
        () -> labelled(1, 1, 0, 2, 0).stratifiedSplit(0.5, 1));
  }

  @Test
  void imagesOfTheWrongSize() throws Exception {
    says(
        "DigitsCnn: image is [N, 1, 8, 8], so a sample has 64 elements; in the training set input 0"
            + " has 81 (shape [1, 9, 9])",
        () -> trainer().fit(Dataset.images(new float[81], new int[1], 1, 9, 9)));
    says(
        "input 0 has 63 elements, but 1 samples of shape [1, 8, 8] are 64",
        () -> Dataset.images(new float[63], new int[1], 1, 8, 8));
    says("DigitsCnn: image [N, 1, 8, 8]: expected 64 elements", () -> net.predict(new float[63]));
    Path file = folder.resolve("a").resolve("1.png");
    Files.createDirectories(file.getParent());
    ImageIO.write(new BufferedImage(9, 8, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    says(
        file + " is 9×8 pixels, but 8×8 was expected; .resized() scales images",
        () -> trainer().fit(ImageFolder.read(folder, 1, 8, 8)));
  }

  @Test
  void numbersThatMakeNoSense() {
    says("the learning rate must be above 0, got 0.0", () -> new Adam(0));
    says("the learning rate must be above 0, got -0.1", () -> new Sgd(-0.1f));
    says("the learning rate must be above 0", () -> ParameterGroup.of("*").withLearningRate(0));
    says("the number of epochs must be at least 1, got 0", () -> trainer().epochs(0));
    says("the batch size must be at least 1, got -1", () -> trainer().batchSize(-1));
    says("must be between 0 and 1, got 1.0", () -> trainer().averageWeights(1));
    says("between 0 and 1, got 1.5", () -> digits.split(1.5, 1));
    says("between 2 and the number of samples, 100; got 1", () -> digits.folds(1, 1));
    says("must be at least 1, got 0", () -> Schedule.cosine(0, 0.1));
    says("cannot take 101 of 100 samples", () -> digits.take(101));
  }

  @Test
  void optionsThatDoNotFit() {
    says(
        "give validation data with .validation(held)",
        () -> trainer().earlyStopping(2).fit(digits));
    says(
        "to resume, say where the checkpoints are with .checkpoints(folder)",
        () -> trainer().resume().fit(digits));
    says(
        "no parameter of DigitsCnn is named like \"conv9*\"; there are [conv",
        () -> trainer().optimizer(new Sgd(1).freeze("conv9*")).fit(digits));
    says(
        "turn labels into probabilities with .oneHot(classes)",
        () -> trainer().mixup(0.2).fit(digits));
    says(
        "early stopping watches \"acuracy\", which is not measured; there are [loss, accuracy,"
            + " validation loss, validation accuracy]",
        () ->
            trainer().validation(digits).earlyStopping(EarlyStopping.on("acuracy", 2)).fit(digits));
    says(
        "has no loss method, so it can predict but not be trained",
        () -> Trainer.of(GeneratorNetwork.create(1)));
    says(
        "the confusion matrix is for 5 classes, the network answers 10",
        () ->
            trainer().validation(digits).metrics(Metrics.f1(5, Metrics.Average.MACRO)).fit(digits));
  }

  @Test
  void filesThatAreNotThere() {
    assertThatThrownBy(() -> Idx.mnistTrain(folder))
        .hasMessageContaining("train-images-idx3-ubyte");
    assertThatThrownBy(() -> Cifar.train10(folder)).hasMessageContaining("data_batch_1.bin");
    assertThatThrownBy(() -> net.load(folder.resolve("no.safetensors")))
        .hasMessageContaining("no.safetensors");
    says("holds no folders", () -> ImageFolder.read(folder, 1, 8, 8));
  }
}
