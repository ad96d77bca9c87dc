package dev.cortado.train;

import java.util.LinkedHashMap;
import java.util.Map;

/** An epoch's numbers as text in a checkpoint, to the last bit. */
final class EpochText {
  private EpochText() {}

  static void write(EpochResult r, String prefix, Map<String, String> into) {
    String key = prefix + "epoch." + r.epoch();
    double[] numbers = {
      r.loss(),
      r.accuracy(),
      r.validationLoss(),
      r.validationAccuracy(),
      r.learningRate(),
      r.samplesPerSecond(),
      r.seconds()
    };
    StringBuilder text = new StringBuilder(String.valueOf(r.step()));
    for (double number : numbers) {
      text.append(' ').append(Double.toHexString(number));
    }
    into.put(key, text.toString());
    r.metrics().forEach((name, value) -> into.put(key + "." + name, Double.toHexString(value)));
  }

  static boolean has(int epoch, String prefix, Map<String, String> from) {
    return from.containsKey(prefix + "epoch." + epoch);
  }

  /** Throws {@link NumberFormatException} when the text is not what {@link #write} writes. */
  static EpochResult read(int epoch, String prefix, Map<String, String> from) {
    String key = prefix + "epoch." + epoch;
    String[] fields = from.getOrDefault(key, "").split(" ", -1);
    if (fields.length != 8) {
      throw new NumberFormatException(
          "epoch " + epoch + " has " + fields.length + " numbers, not 8");
    }
    double[] n = new double[8];
    for (int i = 1; i < 8; i++) {
      n[i] = Double.parseDouble(fields[i]);
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    from.forEach(
        (name, value) -> {
          if (name.startsWith(key + ".")) {
            metrics.put(name.substring(key.length() + 1), Double.parseDouble(value));
          }
        });
    return new EpochResult(
        epoch, Long.parseLong(fields[0]), n[1], n[2], n[3], n[4], metrics, n[5], n[6], n[7]);
  }
}
