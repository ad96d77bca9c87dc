package dev.cortado.examples;

import dev.cortado.data.Dataset;
import dev.cortado.data.Split;
import dev.cortado.train.Adam;
import dev.cortado.train.ConfusionMatrix;
import dev.cortado.train.Evaluation;
import dev.cortado.train.History;
import dev.cortado.train.Schedule;
import dev.cortado.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Trains {@link DigitsCnn} on four fifths of the handwritten digits and shows how it does on the
 * rest: {@code Digits [folder]}. Leaves the weights and a picture in the folder.
 */
public final class Digits {
  private static final long SEED = 42;
  private static final int CLASSES = 10;
  private static final int EPOCHS = 25;

  private Digits() {}

  /** Runs all of it; the argument is the folder to write to, {@code target/digits} without one. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args.length > 0 ? args[0] : "target/digits");
    Files.createDirectories(folder);
    Split digits = DigitsData.load().stratifiedSplit(0.2, SEED);
    DigitsCnnNetwork net = DigitsCnnNetwork.create(SEED);
    System.out.println(net.summary());

    History history =
        Trainer.of(net)
            .optimizer(new Adam(3e-3f))
            .schedule(Schedule.cosine(EPOCHS, 0.02))
            .epochs(EPOCHS)
            .batchSize(32)
            .seed(SEED)
            .validation(digits.held())
            .fit(digits.train());

    ConfusionMatrix confusion = new ConfusionMatrix(CLASSES);
    Evaluation held = Evaluation.of(net, digits.held(), 64, confusion);
    System.out.printf(
        Locale.ROOT,
        "%n%d digits held out: accuracy %.2f%%, loss %.4f%n%n%s%n",
        digits.held().size(),
        100 * held.accuracy(),
        held.loss(),
        confusion);

    Path picture = folder.resolve("digits.png");
    if (DigitsPicture.write(picture, history, net, digits.held())) {
      System.out.println("picture: " + picture);
    }
    saveAndLoad(net, digits.held(), folder.resolve("digits.safetensors"));
  }

  private static void saveAndLoad(DigitsCnnNetwork net, Dataset held, Path file) {
    net.save(file);
    DigitsCnnNetwork fresh = DigitsCnnNetwork.create(SEED + 1);
    fresh.load(file);
    float[] images = (float[]) held.all().inputs().getFirst();
    boolean same =
        Arrays.equals(
            net.predictBatch(images, held.size()), fresh.predictBatch(images, held.size()));
    if (!same) {
      throw new IllegalStateException("the loaded network does not answer like the saved one");
    }
    System.out.println("weights: " + file + ", loaded into a fresh network: the same answers");
  }
}
