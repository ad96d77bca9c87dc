package dev.cortado.train;

import dev.cortado.io.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run brought, epoch by epoch. Prints as a table.
 *
 * @param epochs in order
 * @param ending why the run ended: {@code "all 10 epochs done"}, {@code "no improvement for 3
 *     epochs"}
 * @param bestEpoch the epoch whose weights the network holds now, counted from 1; 0 when there is
 *     none
 */
public record History(List<EpochResult> epochs, String ending, int bestEpoch) {
  public History {
    epochs = List.copyOf(epochs);
  }

  /** The last epoch. */
  public EpochResult last() {
    return epochs.getLast();
  }

  /** One number over all epochs, see {@link EpochResult#value}. */
  public double[] values(String name) {
    return epochs.stream().mapToDouble(epoch -> epoch.value(name)).toArray();
  }

  /**
   * Writes a table with a line an epoch and a header; numbers that were not measured are left
   * empty.
   */
  public void writeCsv(Path file) {
    StringBuilder text = new StringBuilder(String.join(",", columns())).append('\n');
    for (EpochResult epoch : epochs) {
      List<String> cells = new ArrayList<>();
      numbers(epoch).forEach((name, value) -> cells.add(number(value, "")));
      text.append(String.join(",", cells)).append('\n');
    }
    AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Writes an array with an object an epoch; numbers that were not measured are null. */
  public void writeJson(Path file) {
    List<String> objects = new ArrayList<>();
    for (EpochResult epoch : epochs) {
      List<String> fields = new ArrayList<>();
      numbers(epoch)
          .forEach((name, value) -> fields.add("\"" + name + "\": " + number(value, "null")));
      objects.add("  {" + String.join(", ", fields) + "}");
    }
    String text = "[\n" + String.join(",\n", objects) + "\n]\n";
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Draws the loss and, when there is one, the accuracy over the epochs into a PNG file. Needs the
   * optional library XChart; without it, says so on the standard error stream and does nothing
   * else.
   *
   * @return whether there is a picture now
   */
  public boolean plot(Path file) {
    return Plots.history(this, file);
  }

  private List<String> columns() {
    return epochs.isEmpty() ? List.of("epoch") : List.copyOf(numbers(epochs.getFirst()).keySet());
  }

  private static Map<String, Double> numbers(EpochResult epoch) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("epoch", (double) epoch.epoch());
    numbers.put("step", (double) epoch.step());
    numbers.put("loss", epoch.loss());
    numbers.put("accuracy", epoch.accuracy());
    numbers.put("validation_loss", epoch.validationLoss());
    numbers.put("validation_accuracy", epoch.validationAccuracy());
    epoch.metrics().forEach((name, value) -> numbers.put(name.replaceAll("[^\\w]+", "_"), value));
    numbers.put("learning_rate", epoch.learningRate());
    numbers.put("samples_per_second", epoch.samplesPerSecond());
    numbers.put("seconds", epoch.seconds());
    return numbers;
  }

  private static String number(double value, String none) {
    if (!Double.isFinite(value)) {
      return none;
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    table.append("epoch     loss  accuracy  val. loss  val. accuracy  learning rate  samples/s\n");
    for (EpochResult epoch : epochs) {
      table.append(
          String.format(
              Locale.ROOT,
              "%5d %8.4f %9s %10s %14s %14.3g %10.0f%s%n",
              epoch.epoch(),
              epoch.loss(),
              percent(epoch.accuracy()),
              Double.isNaN(epoch.validationLoss())
                  ? "–"
                  : String.format(Locale.ROOT, "%.4f", epoch.validationLoss()),
              percent(epoch.validationAccuracy()),
              epoch.learningRate(),
              epoch.samplesPerSecond(),
              epoch.epoch() == bestEpoch ? "  ← kept" : ""));
    }
    return table.append(ending).append('\n').toString();
  }

  static String percent(double fraction) {
    return Double.isNaN(fraction) ? "–" : String.format(Locale.ROOT, "%.2f%%", 100 * fraction);
  }
}
