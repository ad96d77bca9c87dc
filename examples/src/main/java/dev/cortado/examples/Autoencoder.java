package dev.cortado.examples;

import dev.cortado.Batch;
import dev.cortado.data.Dataset;
import dev.cortado.data.ImageGrid;
import dev.cortado.data.Split;
import dev.cortado.train.Adam;
import dev.cortado.train.Evaluation;
import dev.cortado.train.Schedule;
import dev.cortado.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Trains {@link DigitsAutoencoder} on handwritten digits and draws digits it has not seen above
 * what it makes of them: {@code Autoencoder [folder]}.
 */
public final class Autoencoder {
  private static final int PIXELS = 64;
  private static final int SHOWN = 12;
  private static final int EPOCHS = 60;

  private Autoencoder() {}

  /** The argument is the folder for the picture, {@code target/autoencoder} without one. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args.length > 0 ? args[0] : "target/autoencoder");
    Files.createDirectories(folder);
    Split digits = DigitsData.load().stratifiedSplit(0.2, 1);
    Dataset held = ofItself(digits.held());
    DigitsAutoencoderNetwork net = DigitsAutoencoderNetwork.create(1);
    Trainer.of(net)
        .optimizer(new Adam(3e-3f))
        .schedule(Schedule.cosine(EPOCHS, 0.02))
        .epochs(EPOCHS)
        .batchSize(32)
        .validation(held)
        .fit(ofItself(digits.train()));

    float[] images = (float[]) held.all().inputs().getFirst();
    float[] made = Evaluation.predict(net, held, 64);
    double squares = 0;
    for (int i = 0; i < made.length; i++) {
      made[i] = (float) (1 / (1 + Math.exp(-made[i])));
      squares += (made[i] - images[i]) * (made[i] - images[i]);
    }
    System.out.printf(
        Locale.ROOT,
        "%n%d digits held out: root mean squared error %.4f of a pixel between 0 and 1%n",
        held.size(),
        Math.sqrt(squares / made.length));
    Path picture = folder.resolve("reconstructions.png");
    draw(images, made, picture);
    System.out.println("picture: " + picture);
  }

  /** Images that are their own targets. */
  private static Dataset ofItself(Dataset digits) {
    Batch all = digits.all();
    return Dataset.ofArrays(
        digits.size(), all.inputs(), all.inputs(), digits.inputs(), digits.inputs());
  }

  /** Two rows for each dozen: the digits, and below what came out. */
  private static void draw(float[] images, float[] made, Path file) {
    ImageGrid grid = new ImageGrid(1, 8, 8, SHOWN);
    for (int row = 0; row < 2; row++) {
      add(grid, row, images, "digit");
      add(grid, row, made, "made");
    }
    grid.write(file);
  }

  private static void add(ImageGrid grid, int row, float[] pixels, String caption) {
    for (int i = row * SHOWN; i < (row + 1) * SHOWN; i++) {
      grid.add(pixels, i * PIXELS, caption);
    }
  }
}
