package dev.cortado.examples;

import dev.cortado.Network;
import dev.cortado.data.Dataset;
import dev.cortado.data.Standardizer;
import dev.cortado.train.Adam;
import dev.cortado.train.Evaluation;
import dev.cortado.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trains {@link CifarCnn}, or with {@code --lenet} {@link LeNet5}, on CIFAR-10: {@code Cifar --data
 * folder [--epochs 5] [--lenet]}. The folder holds the binary version, {@code data_batch_1.bin} and
 * so on.
 */
public final class Cifar {
  private static final int PIXELS = 3 * 32 * 32;

  private Cifar() {}

  /** Prints a line an epoch and the accuracy on the test set. */
  public static void main(String[] args) throws IOException {
    Flags flags = new Flags(List.of(args));
    Path folder = Path.of(flags.value("--data", "the folder with CIFAR-10's binary files"));
    List<Dataset> batches = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      batches.add(read(folder.resolve("data_batch_" + i + ".bin")));
    }
    Dataset raw = Dataset.concat(batches.toArray(Dataset[]::new));
    Standardizer standardizer = Standardizer.fit(raw);
    Dataset test = read(folder.resolve("test_batch.bin")).map(standardizer);

    Network net = flags.has("--lenet") ? LeNet5Network.create(1) : CifarCnnNetwork.create(1);
    System.out.println(net.summary());
    Trainer.of(net)
        .optimizer(new Adam(1e-3f))
        .epochs(flags.number("--epochs", 5))
        .batchSize(64)
        .validation(test)
        .fit(raw.map(standardizer));
    System.out.printf(
        Locale.ROOT, "test accuracy %.2f%%%n", 100 * Evaluation.of(net, test, 250).accuracy());
  }

  /** A label and then the red, green and blue planes of 32×32 pixels, one byte each, per image. */
  static Dataset read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length == 0 || bytes.length % (1 + PIXELS) != 0) {
      throw new IOException(
          file + ": expected images of " + (1 + PIXELS) + " bytes, but got " + bytes.length);
    }
    int count = bytes.length / (1 + PIXELS);
    float[] pixels = new float[count * PIXELS];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      int at = i * (1 + PIXELS);
      labels[i] = bytes[at];
      for (int p = 0; p < PIXELS; p++) {
        pixels[i * PIXELS + p] = (bytes[at + 1 + p] & 0xff) / 255f;
      }
    }
    return Dataset.images(pixels, labels, 3, 32, 32);
  }
}
