package dev.cortado.examples;

import dev.cortado.Network;
import dev.cortado.data.Cifar;
import dev.cortado.data.Dataset;
import dev.cortado.data.Standardizer;
import dev.cortado.train.Adam;
import dev.cortado.train.Evaluation;
import dev.cortado.train.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Trains {@link CifarCnn}, or with {@code --lenet} {@link LeNet5}, on CIFAR-10: {@code Cifar10
 * --data folder [--epochs 5] [--lenet]}. The folder holds the binary version.
 */
public final class Cifar10 {
  private Cifar10() {}

  /** Prints a line an epoch and the accuracy on the test set. */
  public static void main(String[] args) {
    Flags flags = new Flags(List.of(args));
    Path folder = Path.of(flags.value("--data", "the folder with CIFAR-10's binary files"));
    Dataset train = Cifar.train10(folder);
    Standardizer standardizer = Standardizer.fit(train);
    Dataset test = Cifar.test10(folder).map(standardizer);
    Network net = flags.has("--lenet") ? LeNet5Network.create(1) : CifarCnnNetwork.create(1);
    System.out.println(net.summary());

    Trainer.of(net)
        .optimizer(new Adam(1e-3f))
        .epochs(flags.number("--epochs", 5))
        .batchSize(64)
        .validation(test)
        .fit(train.map(standardizer));
    System.out.printf(
        Locale.ROOT, "test accuracy %.2f%%%n", 100 * Evaluation.of(net, test, 250).accuracy());
  }
}
