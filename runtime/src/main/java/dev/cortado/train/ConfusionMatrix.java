package dev.cortado.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How often each class was answered for each true class. Its value as a metric is the accuracy. */
public final class ConfusionMatrix implements Metric {
  private final List<String> names;
  private final long[][] counts;

  /** For classes named by their numbers. */
  public ConfusionMatrix(int classes) {
    this(IntStream.range(0, classes).mapToObj(String::valueOf).toList());
  }

  /** For classes with names. */
  public ConfusionMatrix(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a confusion matrix needs at least one class");
    }
    this.names = List.copyOf(names);
    this.counts = new long[names.size()][names.size()];
  }

  @Override
  public String name() {
    return "accuracy (confusion matrix)";
  }

  @Override
  public void reset() {
    for (long[] row : counts) {
      Arrays.fill(row, 0);
    }
  }

  @Override
  public void add(Answers answers) {
    if (answers.classes() != names.size()) {
      throw new IllegalArgumentException(
          "the confusion matrix is for %d classes, the network answers %d"
              .formatted(names.size(), answers.classes()));
    }
    int[] labels = answers.labels();
    for (int row = 0; row < answers.targetCount(); row++) {
      if (labels[row] >= 0) {
        counts[labels[row]][answers.answer(row)]++;
      }
    }
  }

  /** How often {@code answered} was the answer where {@code truth} was right. */
  public long count(int truth, int answered) {
    return counts[truth][answered];
  }

  /** Number of classes. */
  public int classes() {
    return names.size();
  }

  /** Of the answers that say this class, the fraction that is right; 0 when there are none. */
  public double precision(int c) {
    long answered = 0;
    for (long[] row : counts) {
      answered += row[c];
    }
    return answered == 0 ? 0 : (double) counts[c][c] / answered;
  }

  /** Of the samples of this class, the fraction that was found; 0 when there are none. */
  public double recall(int c) {
    long there = total(c);
    return there == 0 ? 0 : (double) counts[c][c] / there;
  }

  /** The harmonic mean of precision and recall; 0 when both are. */
  public double f1(int c) {
    double sum = precision(c) + recall(c);
    return sum == 0 ? 0 : 2 * precision(c) * recall(c) / sum;
  }

  private long total(int truth) {
    long sum = 0;
    for (long count : counts[truth]) {
      sum += count;
    }
    return sum;
  }

  @Override
  public double value() {
    long right = 0;
    long all = 0;
    for (int c = 0; c < counts.length; c++) {
      right += counts[c][c];
      all += total(c);
    }
    return all == 0 ? Double.NaN : (double) right / all;
  }

  @Override
  public boolean isFraction() {
    return true;
  }

  /**
   * A table: a row a true class, a column an answer, then each class's recall and below its
   * precision.
   */
  @Override
  public String toString() {
    int width = 6; // of 100.0%
    int side = 6;
    for (int c = 0; c < counts.length; c++) {
      side = Math.max(side, names.get(c).length());
      width = Math.max(width, names.get(c).length());
      for (long count : counts[c]) {
        width = Math.max(width, String.valueOf(count).length());
      }
    }
    StringBuilder table = new StringBuilder();
    table.append(right("truth", side)).append(" │");
    for (String name : names) {
      table.append(right(name, width + 1));
    }
    table.append(" │ recall\n");
    table.append(rule(side, width));
    for (int truth = 0; truth < counts.length; truth++) {
      table.append(right(names.get(truth), side)).append(" │");
      for (long count : counts[truth]) {
        table.append(right(count == 0 ? "·" : String.valueOf(count), width + 1));
      }
      table.append(" │ ").append(percent(recall(truth))).append('\n');
    }
    table.append(rule(side, width));
    table.append(right("prec.", side)).append(" │");
    for (int c = 0; c < counts.length; c++) {
      table.append(right(percent(precision(c)).strip(), width + 1));
    }
    return table.append(" │ ").append(percent(value())).append('\n').toString();
  }

  private String rule(int side, int width) {
    return "─".repeat(side) + "─┼" + "─".repeat(counts.length * (width + 1)) + "─┼───────\n";
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String percent(double fraction) {
    return Double.isNaN(fraction)
        ? "     –"
        : String.format(Locale.ROOT, "%5.1f%%", 100 * fraction);
  }
}
