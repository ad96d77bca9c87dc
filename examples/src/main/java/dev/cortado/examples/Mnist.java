package dev.cortado.examples;

import dev.cortado.Network;
import dev.cortado.data.Dataset;
import dev.cortado.data.Download;
import dev.cortado.data.Idx;
import dev.cortado.train.Adam;
import dev.cortado.train.Evaluation;
import dev.cortado.train.Schedule;
import dev.cortado.train.Trainer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Trains {@link MnistCnn}, or with {@code --lstm} {@link RowLstm}, on MNIST: {@code Mnist [--data
 * folder] [--epochs 5] [--seed 1] [--lstm]}. The folder holds the four IDX files, compressed or
 * not; without one they are fetched, once.
 */
public final class Mnist {
  private Mnist() {}

  /** Prints a line an epoch and the accuracy on the test set. */
  public static void main(String[] args) {
    Flags flags = new Flags(List.of(args));
    Path folder = folder(flags);
    int seed = flags.number("--seed", 1);
    Network net = flags.has("--lstm") ? RowLstmNetwork.create(seed) : MnistCnnNetwork.create(seed);
    System.out.println(net.summary());

    Dataset test = Idx.mnistTest(folder);
    int epochs = flags.number("--epochs", 5);
    Trainer.of(net)
        .optimizer(new Adam(1e-3f))
        .schedule(Schedule.cosine(epochs, 0.02))
        .epochs(epochs)
        .batchSize(64)
        .seed(seed)
        .validation(test)
        .fit(Idx.mnistTrain(folder));
    System.out.printf(
        Locale.ROOT, "test accuracy %.2f%%%n", 100 * Evaluation.of(net, test, 256).accuracy());
  }

  /** The folder that {@code --data} names, or one to which the files are fetched once. */
  private static Path folder(Flags flags) {
    if (flags.has("--data")) {
      return Path.of(flags.value("--data", "the folder with MNIST's IDX files"));
    }
    try {
      return Download.mnist(Path.of("target/mnist"));
    } catch (UncheckedIOException offline) {
      System.err.println(offline.getMessage() + "; or name a folder that has the files: --data");
      System.exit(1);
      throw offline;
    }
  }
}
