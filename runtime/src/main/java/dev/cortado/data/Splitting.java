package dev.cortado.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The ways to divide a data set. */
final class Splitting {
  private Splitting() {}

  static Split random(Dataset data, double heldFraction, long seed) {
    checkFraction(heldFraction);
    int held = Math.toIntExact(Math.round(data.size() * heldFraction));
    if (held == 0 || held == data.size()) {
      throw new IllegalArgumentException(
          "holding out %s of %d samples leaves one part empty"
              .formatted(heldFraction, data.size()));
    }
    int[] order = shuffled(data.size(), seed);
    return new Split(
        data.subset(Arrays.copyOfRange(order, held, order.length)),
        data.subset(Arrays.copyOf(order, held)));
  }

  static Split stratified(Dataset data, double heldFraction, long seed) {
    checkFraction(heldFraction);
    List<Integer> train = new ArrayList<>();
    List<Integer> held = new ArrayList<>();
    // Rounding errors are carried from class to class, so that the total is right too.
    double owed = 0;
    for (var entry : byClass(data).entrySet()) {
      int[] samples = entry.getValue().stream().mapToInt(Integer::intValue).toArray();
      if (samples.length < 2) {
        throw new IllegalArgumentException(
            "class %d has only sample %d: each part of a stratified split needs one of every class"
                .formatted(entry.getKey(), samples[0]));
      }
      shuffle(samples, new SplittableRandom(Seeds.mix(seed, entry.getKey())));
      owed += samples.length * heldFraction;
      int count = Math.clamp(Math.round(owed), 1, samples.length - 1);
      owed -= count;
      for (int i = 0; i < samples.length; i++) {
        (i < count ? held : train).add(samples[i]);
      }
    }
    return new Split(data.subset(mixed(train, seed)), data.subset(mixed(held, seed)));
  }

  static List<Split> folds(Dataset data, int k, long seed) {
    if (k < 2 || k > data.size()) {
      throw new IllegalArgumentException(
          "folds must be between 2 and the number of samples, %d; got %d"
              .formatted(data.size(), k));
    }
    int[] order = shuffled(data.size(), seed);
    List<Split> folds = new ArrayList<>();
    for (int fold = 0; fold < k; fold++) {
      int from = (int) ((long) data.size() * fold / k);
      int to = (int) ((long) data.size() * (fold + 1) / k);
      int[] rest =
          IntStream.concat(Arrays.stream(order, 0, from), Arrays.stream(order, to, order.length))
              .toArray();
      folds.add(new Split(data.subset(rest), data.subset(Arrays.copyOfRange(order, from, to))));
    }
    return List.copyOf(folds);
  }

  static Dataset balanced(Dataset data, long seed) {
    Map<Integer, List<Integer>> classes = byClass(data);
    int largest = classes.values().stream().mapToInt(List::size).max().orElse(0);
    List<Integer> samples = new ArrayList<>();
    classes.forEach(
        (label, members) -> {
          int[] order = members.stream().mapToInt(Integer::intValue).toArray();
          RandomGenerator random = new SplittableRandom(Seeds.mix(seed, label));
          for (int i = 0; i < largest; i++) {
            if (i % order.length == 0) {
              shuffle(order, random);
            }
            samples.add(order[i % order.length]);
          }
        });
    return data.subset(mixed(samples, seed));
  }

  /** 0 to {@code count - 1} in random order. */
  static int[] shuffled(int count, long seed) {
    int[] order = IntStream.range(0, count).toArray();
    shuffle(order, new SplittableRandom(seed));
    return order;
  }

  /** Fisher and Yates's shuffle, in place. */
  static void shuffle(int[] values, RandomGenerator random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  private static Map<Integer, List<Integer>> byClass(Dataset data) {
    int[] labels = data.labels();
    Map<Integer, List<Integer>> classes = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      classes.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
    }
    return classes;
  }

  private static int[] mixed(List<Integer> samples, long seed) {
    int[] order = samples.stream().mapToInt(Integer::intValue).toArray();
    shuffle(order, new SplittableRandom(seed));
    return order;
  }

  private static void checkFraction(double heldFraction) {
    if (!(heldFraction > 0 && heldFraction < 1)) {
      throw new IllegalArgumentException(
          "the fraction to hold out must be between 0 and 1, got " + heldFraction);
    }
  }
}
