package dev.cortado.examples;

import dev.cortado.data.Csv;
import dev.cortado.data.Dataset;
import dev.cortado.data.Split;
import dev.cortado.data.Standardizer;
import dev.cortado.data.Table;
import dev.cortado.io.Weights;
import dev.cortado.train.AdamW;
import dev.cortado.train.Evaluation;
import dev.cortado.train.Metrics;
import dev.cortado.train.Trainer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Regression from a CSV file: how far a disease has gone on after a year, from ten measurements.
 * {@code Diabetes [folder]}. Reads the table from the resources; the weights are left in the
 * folder.
 */
public final class Diabetes {
  private Diabetes() {}

  /** Trains, judges on patients it has not seen, and saves the network with how to scale inputs. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args.length > 0 ? args[0] : "target/diabetes");
    Files.createDirectories(folder);
    Dataset data =
        table()
            .numbers("age", "sex", "bmi", "bp", "tc", "ldl", "hdl", "tch", "ltg", "glu")
            .target("progression")
            .dataset();
    Split split = data.split(0.25, 1);
    Standardizer standardizer = Standardizer.fit(split.train());
    Dataset held = standardizer.apply(split.held());

    DiabetesMlpNetwork net = DiabetesMlpNetwork.create(1);
    Trainer.of(net)
        .optimizer(new AdamW(3e-3f).weightDecay(0.1f))
        .epochs(200)
        .batchSize(32)
        .validation(held)
        .metrics(Metrics.meanAbsoluteError(), Metrics.rSquared())
        .earlyStopping(20)
        .fit(standardizer.apply(split.train()));

    Evaluation judged =
        Evaluation.of(
            net,
            held,
            64,
            Metrics.meanAbsoluteError(),
            Metrics.rootMeanSquaredError(),
            Metrics.rSquared());
    System.out.printf(Locale.ROOT, "%n%d patients held out:", held.size());
    judged.metrics().forEach((name, v) -> System.out.printf(Locale.ROOT, " %s %.3f", name, v));
    System.out.println();
    Path file = folder.resolve("diabetes.safetensors");
    Weights.save(net, file, standardizer.metadata());
    predict(file, split.held());
  }

  /** As a service would: from the file alone. */
  private static void predict(Path file, Dataset raw) {
    DiabetesMlpNetwork net = DiabetesMlpNetwork.create(2);
    net.load(file);
    Standardizer standardizer = Standardizer.of(Weights.metadata(file));
    for (int i = 0; i < 3; i++) {
      var one = raw.subset(i).all();
      float[] patient = (float[]) one.inputs().getFirst();
      standardizer.apply(patient);
      System.out.printf(
          Locale.ROOT,
          "patient %d: predicted %.0f, measured %.0f%n",
          i + 1,
          net.predict(patient)[0],
          ((float[]) one.targets().getFirst())[0]);
    }
    System.out.println("weights: " + file);
  }

  private static Table table() throws IOException {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(Diabetes.class.getResourceAsStream("diabetes.csv")),
            StandardCharsets.UTF_8)) {
      return Csv.read(reader, "diabetes.csv");
    }
  }
}
