package dev.cortado.train;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The area under the receiver operating characteristic: how probable it is that a positive sample
 * gets a higher score than a negative one, ties counted half. The score is the only output of a
 * sample, or the second minus the first of two. Keeps all scores until {@link #reset}.
 */
final class Auroc implements Metric {
  private float[] scores = new float[1024];
  private boolean[] positive = new boolean[1024];
  private int count;

  @Override
  public String name() {
    return "AUROC";
  }

  @Override
  public void reset() {
    count = 0;
  }

  @Override
  public void add(Answers answers) {
    int classes = answers.classes();
    if (classes != 1 && classes != 2) {
      throw new IllegalStateException(
          "AUROC is for two classes with one or two outputs a sample, but there are " + classes);
    }
    for (int row = 0; row < answers.targetCount(); row++) {
      if (count == scores.length) {
        scores = Arrays.copyOf(scores, 2 * count);
        positive = Arrays.copyOf(positive, 2 * count);
      }
      scores[count] =
          classes == 1
              ? answers.output()[row]
              : answers.output()[2 * row + 1] - answers.output()[2 * row];
      positive[count] =
          answers.target() instanceof int[] labels
              ? labels[row] == 1
              : answers.numbers()[row] > 0.5f;
      count++;
    }
  }

  @Override
  public double value() {
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
    double ranks = 0;
    long positives = 0;
    for (int start = 0; start < count; ) {
      int end = start;
      long here = 0;
      while (end < count && scores[order[end]] == scores[order[start]]) {
        here += positive[order[end]] ? 1 : 0;
        end++;
      }
      if (end == start) {
        return Double.NaN; // A score that is not a number equals not even itself.
      }
      ranks += here * (start + 1 + end) / 2.0;
      positives += here;
      start = end;
    }
    double pairs = (double) positives * (count - positives);
    return pairs == 0 ? Double.NaN : (ranks - positives * (positives + 1) / 2.0) / pairs;
  }

  @Override
  public boolean isFraction() {
    return true;
  }
}
