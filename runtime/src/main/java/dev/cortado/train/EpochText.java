package dev.cortado.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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

  /**
   * All epochs from the first on, in one pass. Throws {@link NumberFormatException} when the text
   * is not what {@link #write} writes.
   */
  static List<EpochResult> readAll(String prefix, Map<String, String> from) {
    Map<String, String> numbers = new HashMap<>();
    Map<String, Map<String, Double>> metrics = new HashMap<>();
    String start = prefix + "epoch.";
    from.forEach(
        (key, value) -> {
          if (key.startsWith(start)) {
            int dot = key.indexOf('.', start.length());
            if (dot < 0) {
              numbers.put(key.substring(start.length()), value);
            } else {
              metrics
                  .computeIfAbsent(key.substring(start.length(), dot), e -> new LinkedHashMap<>())
                  .put(key.substring(dot + 1), Double.parseDouble(value));
            }
          }
        });
    List<EpochResult> results = new ArrayList<>();
    String text = numbers.get("1");
    for (int epoch = 1; text != null; epoch++) {
      results.add(result(epoch, text, metrics.getOrDefault(String.valueOf(epoch), Map.of())));
      text = numbers.get(String.valueOf(epoch + 1));
    }
    return results;
  }

  private static EpochResult result(int epoch, String text, Map<String, Double> metrics) {
    String[] fields = text.split(" ", -1);
    if (fields.length != 8) {
      throw new NumberFormatException(
          "epoch " + epoch + " has " + fields.length + " numbers, not 8");
    }
    double[] n = new double[8];
    for (int i = 1; i < 8; i++) {
      n[i] = Double.parseDouble(fields[i]);
    }
    return new EpochResult(
        epoch, Long.parseLong(fields[0]), n[1], n[2], n[3], n[4], metrics, n[5], n[6], n[7]);
  }
}
